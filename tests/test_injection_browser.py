"""The same attacks in a real Chromium: nothing runs, nothing leads or asks elsewhere.

What AppTest cannot know: what the browser makes of our HTML, of Streamlit's Markdown, of Plotly.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from api.signin import now
from db import accounts as stored_accounts
from services import access, scenario_saves, sessions
from services.seeding import seed
from services.store import open_ready
from tests import hostile
from tests.browser import DESK, open_page, settled
from tests.hostile import CODE, EVIL, nasty
from tests.people import NOW
from tests.server import Server, serving

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@dataclass(frozen=True)
class World:
    """A server over the hostile store; cookies: login -> cookie; names: of drafts, scenarios."""

    server: Server
    cookies: dict[str, str]
    names: dict[str, str]


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    folder = tmp_path_factory.mktemp("hostile")
    store = open_ready(f"sqlite:///{folder / 'store.db'}")
    seed(store, NOW)
    officer = hostile.fill(store)
    names = hostile.open_drafts(store, officer)
    planner = access.Actor("x", access.ROLES["planner"], account=5)
    for one in scenario_saves.listing(store, planner, NOW * 2):
        names["saved" if one.document.get("drivers") else "runs"] = one.key
    cookies = {}
    with store.write() as tx:
        for account in stored_accounts.listing(tx):
            secret = sessions.begin(tx, account, nasty("địa chỉ"), now())
            login = "officer" if account.id == officer.account else account.login
            cookies[login] = sessions.cookie_of(store, secret)
    store.close()
    with serving(folder) as server:
        yield World(server, cookies, names)


def opened(browser: Browser, world: World, login: str) -> tuple[Page, list[str]]:
    """A page of somebody who is signed in, and a list of what should not have happened."""
    page = open_page(browser, DESK)
    found: list[str] = []
    page.add_init_script(
        "window.__seen = []; document.addEventListener('securitypolicyviolation',"
        " event => window.__seen.push(event.violatedDirective + ' ' + event.blockedURI));"
    )
    page.on("dialog", lambda dialog: (found.append(f"dialog {dialog.message}"), dialog.dismiss()))
    page.on("request", lambda one: found.append(one.url) if EVIL in one.url.split("?")[0] else None)
    page.on("popup", lambda one: found.append(f"popup {one.url}"))
    _sign_in(page.context, world, login)
    return page, found


def _sign_in(context: BrowserContext, world: World, login: str) -> None:
    context.add_cookies(
        [{"name": "chitieu_session", "value": world.cookies[login], "url": world.server.url}]
    )


LOOK = f"""() => [
    ...(window.__hit === undefined ? [] : ['ran: ' + window.__hit]),
    ...window.__seen.filter((one) => !/^img-src data|wasm-eval$/.test(one)),
    ...[...document.querySelectorAll('a[href], img[src], form[action]')]
        .filter((one) => new URL(one.href || one.src || one.action, location).hostname
            .includes('{EVIL}'))
        .map((one) => one.outerHTML.slice(0, 200)),
    ...[...document.querySelectorAll('main *, section *')].flatMap((one) => [...one.attributes]
        .filter((a) => a.name.startsWith('on') && a.value.includes('__hit'))
        .map((a) => one.tagName + ' ' + a.name)),
    ...[...document.querySelectorAll('label a, label img, button a')]
        .map((one) => 'label: ' + one.outerHTML.slice(0, 200)),
    ...[...document.querySelectorAll('.katex')].map((one) => 'formula: ' + one.textContent),
]"""

VIEWS = {
    "lanhdao": ["/", f"/target?code={CODE}", f"/methods?code={CODE}", "/profile"],
    "officer": [
        *("/upload", "/upload?draft=draft.bad", "/upload?draft=draft.good"),
        *("/upload?draft=draft.entry", "/upload?submission=1", "/profile"),
    ],
    "kehoach": ["/scenarios?key=runs", "/scenarios?key=saved"],
    "tonghop": ["/upload?submission=2", "/upload?submission=3"],
    "quantri": [
        *("/scenarios?key=runs", "/admin", "/admin?part=accounts", "/admin?part=audit"),
        *(f"/admin?part=register&what={what}" for what in ("targets", "documents", "changes")),
        *(f"/admin?part=register&what={what}" for what in ("assignments", "states", "plans")),
    ],
}


@pytest.mark.parametrize("login", list(VIEWS))
def test_no_attack_does_anything_in_a_browser(browser, world, login):
    page, found = opened(browser, world, login)
    for view in VIEWS[login]:
        for name, key in world.names.items():
            view = view.replace(f"={name}", f"={key}")
        page.goto(world.server.url + view)
        settled(page)
        page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
        for fold in page.locator('[data-testid="stExpander"] details:not([open]) summary').all():
            fold.click()
        page.mouse.wheel(0, 400)
        for mark in page.locator(".a-table th a, .a-table td").all()[:3]:
            mark.hover(force=True)
        found += [f"{view}: {one}" for one in page.evaluate(LOOK)]
    page.context.close()
    assert found == []


def test_choices_of_lists_show_names_as_they_are(browser, world):
    """Streamlit reads labels as Markdown, but not the choices of a select or a multiselect."""
    page, found = opened(browser, world, "lanhdao")
    page.goto(world.server.url + "/profile")
    settled(page)
    page.get_by_role("combobox").nth(3).click()
    page.keyboard.type("ZQ-01")
    option = page.get_by_role("option").first
    option.wait_for()
    assert "<img src=x onerror=" in option.inner_text()
    assert "[bấm vào](" in option.inner_text()
    assert option.locator("a, img, script").count() == 0
    option.click()
    page.keyboard.press("Escape")
    found += page.evaluate(LOOK)
    page.context.close()
    assert found == []


def test_the_chart_of_a_hostile_target_says_its_words_as_they_are(browser, world):
    page, found = opened(browser, world, "lanhdao")
    page.goto(f"{world.server.url}/target?code={CODE}")
    settled(page)
    chart = page.locator(".js-plotly-plot")
    chart.wait_for()
    assert chart.locator("a").count() == 0
    box = chart.bounding_box()
    assert box is not None
    for step in range(12):  # along the points, whose hints are words of the source
        page.mouse.move(box["x"] + box["width"] * (step + 1) / 14, box["y"] + box["height"] / 2)
    found += page.evaluate(LOOK)
    page.context.close()
    assert found == []


def test_the_sign_in_page_runs_nothing_of_its_address_or_form(browser, world):
    page = open_page(browser)
    page.add_init_script("window.__seen = []")
    page.goto(f"{world.server.url}/login")
    page.fill("#login", hostile.short("tên"))
    page.fill("#password", nasty("mật khẩu")[:200])
    page.keyboard.press("Enter")
    page.wait_for_selector('[role="alert"]')
    assert page.input_value("#login") == hostile.short("tên")[:100]
    assert page.evaluate(LOOK) == []
    page.goto(f"{world.server.url}/login", wait_until="load")
    page.goto(page.url + '?next="><script>window.__hit=1</script>&say=<b>&lang="onload=x')
    assert page.evaluate(LOOK) == []
    page.context.close()

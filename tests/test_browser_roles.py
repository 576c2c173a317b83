"""Each of the five roles does its main job in Chromium, on a desk and on a phone.

What somebody may not do is not in their menu, and is refused with a sentence where its address
is opened all the same.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from playwright.sync_api import Page, expect

from i18n.words import words
from services import assignments
from services.seeding import seed
from services.store import open_ready
from tests.browser import DESK, PHONE, open_page, problems, settled, violations
from tests.people import ADMIN, AGENCY_A, NOW, PASSWORD, PEOPLE, add_people
from tests.server import Server, serving
from tests.test_rights_matrix import MATRIX
from ui import admin, navigation

pytestmark = [pytest.mark.browser, pytest.mark.slow]

_ = words("vi")
SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
HEAD = ["Mã chỉ tiêu", "Kỳ báo cáo", "Địa bàn", "Giá trị", "Trạng thái", "Nguồn"]
PAGES = {entry.name: _(f"frame.page_{entry.name}") for entry in navigation.ENTRIES}


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """DL-01 is reported by agency A; nobody is assigned the rest."""
    folder = tmp_path_factory.mktemp("roles")
    store = open_ready(f"sqlite:///{folder / 'store.db'}")
    seed(store, NOW)
    add_people(store)
    rows = f"target,agency,document\nDL-01,{AGENCY_A},QĐ 15\n".encode()
    assert not assignments.add(store, ADMIN, rows, "phan-cong.csv", now=NOW + 1).refused
    store.close()
    with serving(folder) as running:
        yield running


def report(code: str, value: float) -> dict[str, object]:
    """A filled workbook with one figure, as the browser is given it."""
    book, out = Workbook(), io.BytesIO()
    book.active.append(HEAD)
    book.active.append([code, "2026-H1", "", value, "ước tính", "Báo cáo của ngành"])
    book.save(out)
    return {"name": f"{code}-{value:g}.xlsx", "mimeType": SHEET, "buffer": out.getvalue()}


def go(page: Page, server: Server, path: str) -> None:
    page.goto(server.url + path)
    settled(page)


def menu(page: Page) -> list[str]:
    """What the menu lists; on a phone it is opened for that and closed again."""
    phone = (page.viewport_size or {"width": 0})["width"] < 600
    if phone:
        page.click('[data-testid="stExpandSidebarButton"]')
    links = page.locator('[data-testid="stSidebarNavLink"]')
    links.first.wait_for()
    # An icon is a word of its font before the title.
    listed = [text.strip().splitlines()[-1].strip() for text in links.all_inner_texts()]
    if phone:
        assert violations(page) == []
        page.locator('[data-testid="stSidebarCollapseButton"] button').click()
        page.wait_for_timeout(400)
    return listed


def refused(page: Page, server: Server, path: str) -> None:
    go(page, server, path)
    assert page.locator(".a-refused").inner_text().strip() == _("frame.refused")
    assert page.locator(".a-table").count() == 0


def fits(page: Page) -> None:
    """Nothing is cut off at the side, and everybody can use it."""
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert violations(page) == []


def given(page: Page, server: Server, file: dict[str, object]) -> None:
    """Choose a file on the upload page, up to its check."""
    go(page, server, "/upload")
    page.set_input_files('input[type="file"]', file)  # type: ignore[arg-type]
    page.wait_for_url("**draft=**")
    page.wait_for_selector(".a-outcome")
    settled(page)


def saved(page: Page) -> None:
    page.get_by_role("button", name=_("page.upload.save"), exact=True).click()
    page.wait_for_url("**submission=**")
    settled(page)
    assert "Đã lưu" in page.inner_text("h1")
    fits(page)


# --- the jobs ----------------------------------------------------------------------


def leads(page: Page, server: Server, _turn: int, _folder: Path) -> None:
    """The leader: from the overview to a target and what stands behind its number."""
    go(page, server, "/")
    fits(page)
    first = page.locator(".a-rows th a").first
    name = first.inner_text()
    first.click()
    page.wait_for_url("**/target?code=**")
    expect(page.locator("h1")).to_contain_text(name)
    settled(page)
    assert page.locator(".a-clause").count() == 1
    fits(page)


def reports(page: Page, server: Server, turn: int, folder: Path) -> None:
    """The officer: a template, the own target handed in, a foreign one refused by name."""
    go(page, server, "/upload")
    fits(page)
    with page.expect_download() as download:
        page.get_by_role("button", name=_("page.upload.template_get")).first.click()
    download.value.save_as(folder / "mau.xlsx")
    assert load_workbook(folder / "mau.xlsx").sheetnames
    given(page, server, report("DL-01", 3_000_000 + turn))
    saved(page)
    given(page, server, report("DL-03", 3_500 + turn))
    said = page.locator('[role="alert"]', has_text=_("rights.not_theirs", n=1)[:30])
    assert "Tổng thu" in said.inner_text() or "thu từ" in said.inner_text()
    assert page.get_by_role("button", name=_("page.upload.save"), exact=True).is_disabled()
    fits(page)


def plans(page: Page, server: Server, turn: int, _folder: Path) -> None:
    """The planner: a scenario with a name, saved under one's own."""
    go(page, server, "/scenarios")
    field = page.get_by_label(_("scenario.field.name"))
    field.fill(f"Phương án {turn}")
    field.press("Tab")
    settled(page)
    page.get_by_role("button", name=_("scenario.saved.save"), exact=True).click()
    page.wait_for_url("**key=**")
    settled(page)
    page.get_by_text("Người kehoach").first.wait_for()
    fits(page)


def consolidates(page: Page, server: Server, turn: int, _folder: Path) -> None:
    """The consolidator: commits what nobody is assigned."""
    given(page, server, report("DL-02", 60_000 + turn))
    fits(page)
    saved(page)


def administers(page: Page, server: Server, _turn: int, _folder: Path) -> None:
    """The administrator: each part of the page opens."""
    for part in admin.PARTS:
        go(page, server, f"/admin?part={part.name}")
        assert page.locator("h1").first.inner_text() == _(f"admin.part_{part.name}")
        fits(page)


Job = Callable[[Page, Server, int, Path], None]
JOBS: dict[str, tuple[Job, list[str]]] = {
    "lanhdao": (leads, ["/upload", "/admin"]),
    "canbo.a": (reports, ["/admin?part=accounts"]),
    "kehoach": (plans, ["/upload?submission=1", "/admin?part=audit"]),
    "tonghop": (consolidates, ["/admin"]),
    "quantri": (administers, ["/upload"]),
}


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
@pytest.mark.parametrize("login", list(JOBS))
def test_a_role_does_its_job_and_nothing_else(browser, server, tmp_path, login, size):
    role, (job, closed) = PEOPLE[login][0], JOBS[login]
    page = open_page(browser, size, "light" if size == DESK else "dark")
    complaints = problems(page)
    page.goto(f"{server.url}/login")
    page.fill("#login", login)
    page.fill("#password", PASSWORD)
    page.keyboard.press("Enter")
    settled(page)
    wanted = [
        PAGES[entry.name] for entry in navigation.ENTRIES if MATRIX[role, entry.needs]
    ]  # fmt: skip
    assert menu(page) == wanted
    job(page, server, size[0], tmp_path)
    for path in closed:
        refused(page, server, path)
    assert complaints == []
    page.context.close()

"""Every page over a store in which each text is an attack: all of it is shown as text.

What Streamlit reads as Markdown (labels of widgets, options of a radio) counts as well.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from services import access, passwords, scenario_saves, sessions, signin, startup
from services.store import Store
from tests import hostile
from tests.app import failed, opened
from tests.hostile import CODE, MARKS, marked_texts, nasty, short, shown
from tests.people import NOW, PASSWORD, PEOPLE
from ui import admin, admin_register, navigation

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parents[1]
HOSTILE = "thù địch"  # the officer whom a provider named with markup
REGISTER = [("admin", {"part": "register", "what": one.name}) for one in admin_register.SECTIONS]
PARTS = [("admin", {"part": one.name}) for one in admin.PARTS]
VIEWS: list[tuple[str, dict[str, str]]] = [
    *((entry.name, {}) for entry in navigation.ENTRIES),
    ("target", {"code": CODE}),
    ("target", {"code": nasty("địa chỉ")}),
    ("overview", {"field": nasty("lĩnh vực"), "lang": "en", "as_of": nasty("thời điểm")}),
    ("overview", {"lead": nasty("tên cơ quan"), "sort": nasty("thứ tự")}),
    ("methods", {"code": CODE}),
    ("upload", {"submission": "1"}),
    ("upload", {"submission": "2", "saved": "1"}),
    ("upload", {"submission": "3"}),
    ("upload", {"submission": nasty("số")}),
    ("upload", {"draft": nasty("bản nháp"), "sheet": nasty("trang"), "cell": "A1"}),
    ("scenarios", {"key": "saved"}),
    ("scenarios", {"key": "saved", "lang": "en", "code": CODE}),
    ("scenarios", {"key": "runs"}),
    ("scenarios", {"s": nasty("kịch bản")}),
    ("upload", {"draft": "draft.bad"}),
    ("upload", {"draft": "draft.bad", "show": "aside"}),
    ("upload", {"draft": "draft.bad", "sheet": hostile.sheet_name("xấu"), "cell": "D2"}),
    ("upload", {"draft": "draft.good"}),
    ("upload", {"draft": "draft.entry"}),
    *PARTS,
    *REGISTER,
]
Shown = Callable[[str, str, dict[str, str]], AppTest]


@pytest.fixture(scope="module")
def shown_to(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shown]:
    """A view as somebody sees it."""
    patch = pytest.MonkeyPatch()
    cheaper = passwords.PasswordHasher(time_cost=1, memory_cost=64, parallelism=1)
    patch.setattr(passwords, "_HASHER", cheaper)
    opened(tmp_path_factory.mktemp("hostile"), patch)
    store = startup.the_store()
    officer = hostile.fill(store)
    planner = access.Actor("x", access.ROLES["planner"], account=5)
    saved = scenario_saves.listing(store, planner, NOW * 2)
    keys = {"runs" if one.document.get("drivers") is None else "saved": one.key for one in saved}
    assert len(keys) == 2
    names = {**hostile.open_drafts(store, officer), **keys}

    def view(login: str, page: str, query: dict[str, str]) -> AppTest:
        session = _session(store, login, officer)
        app = AppTest.from_file(str(ROOT / "ui" / "main.py"), default_timeout=60)
        app.user = {"session": session}  # type: ignore[attr-defined]
        given = {name: names.get(value, value) for name, value in query.items()}
        if page != "overview":
            app.run()
            app.switch_page(f"../pages/{page}.py")
        for name, value in given.items():
            app.query_params[name] = value
        return app.run()

    yield view
    patch.undo()


def _session(store: Store, login: str, officer: access.Actor) -> str:
    from api.signin import now

    if login in PEOPLE:
        done = signin.sign_in(store, login, PASSWORD, address="t", browser="t", now=now())
        assert isinstance(done, signin.Opened)
        return sessions.of_cookie(store, done.cookie)
    from db import accounts as stored

    with store.write() as tx:
        account = stored.one(tx, officer.account or 0)
        assert account is not None
        secret = sessions.begin(tx, account, nasty("địa chỉ"), now())
    return sessions.hash_of(secret)


def problems(app: AppTest) -> list[str]:
    """What on a page would do something, or be read as Markdown."""
    parts = [one.proto.body for place in (app.main, app.sidebar) for one in place.get("html")]
    found = [wrong for part in parts for wrong in shown(part)[0]]
    found += [
        f"{where}: {text[:200]}"
        for where, text in marked_texts(app)
        if any(mark in text for mark in MARKS)
    ]
    for chart in app.main.get("plotly_chart"):
        found += chart_problems(chart.proto)
    return found


def chart_problems(proto: object) -> list[str]:
    """Words on a Plotly chart that it would take for tags."""
    spec = json.loads(proto.spec or proto.figure.spec)  # type: ignore[attr-defined]
    texts = [one["text"] for one in spec["layout"].get("annotations", ())]
    for trace in spec["data"]:
        texts += trace.get("hovertext") or []
    return [
        text for text in texts if "<" in text.replace("<br>", "").replace("<b>", "").replace(
            "</b>", "")
    ]  # fmt: skip


@pytest.mark.parametrize("login", [*PEOPLE, HOSTILE])
def test_no_text_from_outside_does_anything_on_any_page(shown_to, login):
    wrong = []
    for page, query in VIEWS:
        app = shown_to(login, page, query)
        assert not failed(app), (page, query)
        wrong += [f"{page} {query}: {one}" for one in problems(app)]
    assert not wrong, "\n".join(dict.fromkeys(wrong))


@pytest.mark.parametrize(
    ("login", "page", "query", "places"),
    [
        ("lanhdao", "target", {"code": CODE}, "tên chỉ tiêu; điều; câu chữ; điểm ngờ; nguồn"),
        ("lanhdao", "overview", {}, "tên chỉ tiêu; lĩnh vực; tên cơ quan; đề án"),
        ("quantri", "upload", {"submission": "1"}, ""),
        ("tonghop", "upload", {"submission": "1"}, "tên tệp; phát hiện; lý do nộp; chữ cũ"),
        ("kehoach", "scenarios", {"key": "saved"}, "tên kịch bản; ghi chú kịch bản; số quyết định"),
        (HOSTILE, "upload", {"draft": "draft.bad"}, "tệp; cột một; cột hai; nơi; số"),
        (HOSTILE, "upload", {"draft": "draft.entry"}, "tên chỉ tiêu; nguồn"),
        (HOSTILE, "profile", {}, "họ tên; tên đăng nhập; tên cơ quan"),
    ],
)
def test_the_attacks_are_there_and_read_as_they_were_written(shown_to, login, page, query, places):
    """Otherwise the test above could pass because nothing was shown."""
    app = shown_to(login, page, query)
    parts = [one.proto.body for place in (app.main, app.sidebar) for one in place.get("html")]
    said = " ".join(shown(part)[1] for part in parts)
    for place in filter(None, places.split("; ")):
        assert f" {place} <img" in said or short(place) in said, place

"""A store in which every text that comes from outside is an attack, and what a page must be like.

Each text says where it stands, so that a test can ask whether it is shown, and carries at once
markup, a quote that would end an attribute, Markdown, a formula and a piece of SQL.
"""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urlsplit

from openpyxl import Workbook
from streamlit.testing.v1 import AppTest

from db.submissions import Confirmation, Correction
from indicators.model import Settings
from services import (
    access,
    accounts,
    assignments,
    drafts,
    oidc_accounts,
    plans,
    register,
    scenario_plans,
    scenario_saves,
    scenarios,
    submissions,
)
from services.access import Actor
from services.oidc_accounts import Person
from services.store import Store, data_version
from services.submissions import Figure, File, Given
from tests.people import ADMIN, NOW, add_people

EVIL = "evil.example"
MARKUP = "<img src=x onerror=\"window.__hit='html'\"><script>window.__hit='script'</script>"
ENDS = (
    "\" onmouseover=\"window.__hit='double'\" ' onfocus='window.__hit=1' --><!-- ]]> {{7*7}} ${7*7}"
)
MARKDOWN = f"[bấm vào](https://{EVIL}/md) ![ảnh](https://{EVIL}/i.png) :red[đỏ] :material/flag: $x$"
SQL = "x'); DROP TABLE observations; --"
FORMULA = "=cmd|' /C calc'!A0"
HOLDER = access.shell("người giữ sổ")
MARKS = ("[bấm vào](", ":red[x]", "![ảnh](", ":red[", " :material/flag:", "$x$")
PARTS = ("<img src=x", "<script>window", "onmouseover=", "onfocus=")


def nasty(place: str) -> str:
    """Everything at once, with the name of the place, as one line."""
    return f"{FORMULA} {place} {MARKUP} {ENDS} {MARKDOWN} {SQL}"


def short(place: str) -> str:
    """The same in few signs, for what is cut: markup, Markdown, a formula."""
    return f"={place} <b onclick=x>[bấm vào](//{EVIL}) :red[x] $x$"


def sheet_name(place: str) -> str:
    """As hostile as Excel lets the name of a sheet be: 31 signs, none of []:*?/\\."""
    return f"<b>{place}' \"=$x$"[:31]


# --- the store ---------------------------------------------------------------------

DOCUMENT = ["key", "title_vi", "kind_vi", "number", "issued", "issuer_vi", "note"]
AGENCY = ["key", "name_vi", "kind"]
TARGET = [
    *("code", "field", "name_vi", "name_en", "unit", "kind", "comparator", "value_low"),
    *("period_start", "period_end", "direction", "scope", "document", "locator", "wording_vi"),
    *("lead_vi", "doubt"),
]
MILESTONE = ["code", "name_vi", "due", "lead_vi", "support_vi", "document", "locator"]
GOAL = [
    *("code", "wording_vi", "what_would_show_it", "document", "locator", "due", "lead_vi"),
    "doubt",
]
HEAD = ["Mã chỉ tiêu", "Kỳ báo cáo", "Địa bàn", "Giá trị", "Trạng thái", "Nguồn"]
CODE, OWN = "ZQ-01", "co-quan-zq"


def register_file() -> bytes:
    """A register whose every free text is hostile: a document, a body, a target, a milestone."""
    lead = nasty("tên cơ quan")
    target = [
        *(CODE, nasty("lĩnh vực"), nasty("tên chỉ tiêu"), nasty("name"), nasty("đơn vị")),
        *("level", "at_least", 100, 2026, 2030, "up", "province", "VB-ZQ", nasty("điều")),
        *(nasty("câu chữ"), lead, nasty("điểm ngờ")),
    ]
    milestone = ["ZQ-DA", nasty("đề án"), "2026-11-30", lead, nasty("phối hợp"), "VB-ZQ",
                 nasty("điều đề án")]  # fmt: skip
    goal = ["ZQ-QL", nasty("mục tiêu"), nasty("biểu hiện"), "VB-ZQ", nasty("điều mục tiêu"),
            "2027-12-31", lead, nasty("ngờ mục tiêu")]  # fmt: skip
    document = ["VB-ZQ", nasty("tên văn bản"), nasty("loại"), nasty("số hiệu"), "2026-11-01",
                nasty("nơi ban hành"), nasty("ghi chú văn bản")]  # fmt: skip
    return texts_book(
        {
            "documents": [DOCUMENT, document],
            "agencies": [AGENCY, [OWN, lead, "department"]],
            "targets": [TARGET, target],
            "milestones": [MILESTONE, milestone],
            "qualitative": [GOAL, goal],
        }
    )


def texts_book(sheets: dict[str, list[list[object]]]) -> bytes:
    """A workbook whose texts are texts, also those that begin with "="."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for number, row in enumerate(rows, 1):
            for column, value in enumerate(row, 1):
                cell = sheet.cell(number, column)
                cell.value = value
                if isinstance(value, str):
                    cell.data_type = "s"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def fill(store: Store) -> Actor:
    """Put the attacks into a seeded store with the standing people; the hostile officer."""
    add_people(store)
    done = register.add(store, HOLDER, register_file(), f"{nasty('tệp sổ')}.xlsx", now=NOW + 1)
    assert not done.refused, done.findings
    rows = [["target", "agency", "document", "note"],
            [CODE, OWN, nasty("quyết định"), nasty("ghi chú phân công")]]  # fmt: skip
    assert not assignments.add(
        store, HOLDER, texts_book({"assignments": rows}), f"{nasty('tệp giao')}.xlsx", now=NOW + 2
    ).refused
    rows = [["indicator", "period", "value", "document", "locator"],
            [CODE, "2027", 20, nasty("văn bản kế hoạch"), nasty("điều kế hoạch")]]  # fmt: skip
    assert not plans.add(
        store, HOLDER, texts_book({"plans": rows}), f"{nasty('tệp kế hoạch')}.xlsx", now=NOW + 3
    ).refused
    officer = _officer(store)
    _submissions(store, officer)
    _scenario(store)
    return officer


def _officer(store: Store) -> Actor:
    """Somebody whom a provider named so, and an account whose reason for locking is hostile."""
    person = Person(
        f"https://{EVIL}", nasty("sub"), nasty("tên đăng nhập"), nasty("họ tên"), ("officer",), OWN
    )
    opened = oidc_accounts.enter(
        store, person, came_from=nasty("địa chỉ"), browser=nasty("trình duyệt"), now=NOW + 4
    )
    assert opened
    accounts.disable(store, ADMIN, "lanhdao", why=nasty("lý do khóa"), now=NOW + 5)
    accounts.enable(store, ADMIN, "lanhdao", why=nasty("lý do mở"), now=NOW + 6)
    (line,) = [one for one in accounts.listing(store, ADMIN, NOW + 7) if not one.local]
    return Actor(line.name, access.ROLES["officer"], agency=OWN, came_from=nasty("địa chỉ"),
                 account=line.id, roles=("officer",))  # fmt: skip


def _submissions(store: Store, officer: Actor) -> None:
    """Two years of figures, one of them corrected; file, sheet, source, note, reasons hostile."""
    for turn, value in enumerate((10.0, 11.0)):
        figures = [
            Figure(CODE, "", period, value, "estimate", nasty("nguồn"), nasty("ghi chú"),
                   sheet_name("trang"), "A1")
            for period in ("2025", "2026-H1")
        ]  # fmt: skip
        given = Given(
            file=File(f"{nasty('tên tệp')}.xlsx", b"PK" + bytes([turn])),
            findings=[
                Confirmation("W01", "warning", sheet_name("trang"), "A1",
                             nasty("phát hiện"), "{}", True, nasty("lý do chấp nhận"),)
            ],
            corrections=[
                Correction(sheet_name("trang"), "A1", nasty("chữ cũ"), nasty("chữ mới"))
            ],
            why=nasty("lý do nộp"),
        )  # fmt: skip
        done = submissions.commit(
            store, officer, figures, kind="upload", expected=None, given=given, now=NOW + 10 + turn
        )
    submissions.undo(store, HOLDER, done.submission, why=nasty("lý do hoàn tác"), now=NOW + 20)


def scenario_document() -> dict[str, Any]:
    """A scenario over the hostile target with a driver; its name, note and labels are hostile."""
    return {
        "scenario": 1,
        "name": short("tên kịch bản"),
        "note": nasty("ghi chú kịch bản"),
        "targets": {"DL-01": {"shape": {"kind": "growth", "pct": 5}}, CODE: {"effects": []}},
        "identities": [f"{CODE} = DL-01 * chi_tieu"],
        "drivers": {
            "chi_tieu": {
                "unit": "$x$ :red[x] <b>",
                "label": short("nhãn biến"),
                "from": {"year": 2025, "value": 1},
                "shape": {"kind": "growth", "pct": 1},
            }
        },
    }


def runnable_document() -> dict[str, Any]:
    """A scenario that can be worked out; its name and note are hostile."""
    shape = {"shape": {"kind": "growth", "pct": 5}}
    return {
        "scenario": 1,
        "name": short("tên kịch bản"),
        "note": nasty("ghi chú kịch bản"),
        "targets": {"DL-01": shape, CODE: shape},
    }


def _scenario(store: Store) -> None:
    planner = Actor("Người kehoach", access.ROLES["planner"], account=5)
    basis = scenario_saves.Basis(NOW + 30, data_version(store, NOW + 30))
    for document in (runnable_document(), scenario_document()):
        saved = scenario_saves.save(store, planner, document, basis, now=NOW + 30, shared=True)
        assert not isinstance(saved, list), saved
    given = json.dumps(runnable_document()).encode()
    answer = scenarios.run_bytes(store, NOW + 31, Settings(), given)
    target = next(one for one in answer["targets"] if one["code"] == "DL-01")
    scenario_plans.propose(
        store, planner, saved.key, target, short("số quyết định"), now=NOW + 32,
        locator=nasty("điều quyết định"),
    )  # fmt: skip


def workbook() -> bytes:
    """A workbook of an officer with hostile sheets, headings and cells, good figures among them."""
    good = [HEAD, ["DL-01", "2026-H1", "", 3_000_000, "ước tính", nasty("nguồn ô")]]
    bad = [
        HEAD,
        [nasty("mã"), nasty("kỳ"), nasty("địa bàn"), nasty("giá trị"), nasty("trạng thái"), "x"],
        ["DL-03", "2026-H1", nasty("nơi"), short("số"), "ước tính", nasty("nguồn")],
    ]
    unknown = [
        [nasty("cột một"), nasty("cột hai"), nasty("cột ba")],
        [CODE, 5, short("chữ")],
        ["DL-01", 7, short("chữ")],
    ]
    return texts_book({sheet_name("tốt"): good, sheet_name("xấu"): bad, sheet_name("lạ"): unknown})


def open_drafts(store: Store, officer: Actor) -> dict[str, str]:
    """An open upload of that workbook, one of good figures alone, and an open form: their ids."""
    good = texts_book({sheet_name("tốt"): [HEAD, ["DL-01", "2026-H1", "", 3e6, "ước tính",
                                                  nasty("nguồn ô")]]})  # fmt: skip
    return {
        "draft.bad": drafts.begin(store, officer, File(f"{nasty('tệp')}.xlsx", workbook()), NOW),
        "draft.good": drafts.begin(store, officer, File(f"{short('tệp')}.xlsx", good), NOW),
        "draft.entry": drafts.begin_entry(
            store, officer, {"period": "2026-H1", "field": nasty("lĩnh vực"), "area": ""}, NOW
        ),
    }


# --- what a page must be like ------------------------------------------------------

_FORBIDDEN = {"script", "iframe", "object", "embed", "base", "meta", "link", "svg", "math", "audio"}
_ADDRESSES = {"href", "src", "action", "formaction", "xlink:href", "data", "poster"}


class _Seen(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.wrong: list[str] = []
        self.text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _FORBIDDEN:
            self.wrong.append(f"<{tag}>")
        for name, value in attrs:
            own_style = name == "style" and re.fullmatch(r"[-a-z0-9:;.,()% ]*", value or "")
            if name.startswith("on") or (name in {"style", "srcdoc"} and not own_style):
                self.wrong.append(f"<{tag} {name}={value!r}>")
            if name in _ADDRESSES and not _is_ours(tag, value or ""):
                self.wrong.append(f"<{tag} {name}={value!r}>")
            self.text.append(value or "")

    def handle_comment(self, data: str) -> None:
        self.wrong.append(f"<!--{data}-->")

    def handle_data(self, data: str) -> None:
        self.text.append(data)


def _is_ours(tag: str, value: str) -> bool:
    """An address of this site, a picture within the page, or a source on the web."""
    if value.startswith("data:image/svg+xml;base64,"):
        return tag == "img"
    parts = urlsplit(value)
    if parts.hostname:
        return tag == "a" and parts.scheme in {"http", "https"} and parts.hostname != EVIL
    return parts.scheme == ""


def shown(html: str) -> tuple[list[str], str]:
    """What in a piece of HTML would do something, and all that it says as text."""
    seen = _Seen()
    seen.feed(html)
    seen.close()
    return seen.wrong, " ".join(seen.text)


# Fields of Streamlit's messages that its pages show as they are; whatever is not listed counts as
# Markdown.
PLAIN_FIELDS = {
    *("html.body", "selectbox.options", "selectbox.raw_value", "selectbox.placeholder"),
    *("multiselect.options", "multiselect.raw_values", "multiselect.placeholder"),
    *("text_input.default", "text_input.value", "text_input.placeholder"),
    *("text_area.default", "text_area.value", "text_area.placeholder"),
    *("plotly_chart.spec", "plotly_chart.figure.spec", "plotly_chart.alt"),
}


def marked_texts(app: AppTest) -> Iterator[tuple[str, str]]:
    """(where, text) of whatever of a page Streamlit reads as Markdown."""
    for element in (*app.main, *app.sidebar):
        proto = getattr(element, "proto", None)
        if hasattr(proto, "ListFields"):
            for where, value in _strings(proto, element.type):
                if where not in PLAIN_FIELDS and not where.endswith((".id", ".form_id")):
                    yield where, value


def _strings(message: Any, where: str) -> Iterator[tuple[str, str]]:
    for field, value in message.ListFields():
        name = f"{where}.{field.name}"
        if field.is_repeated if hasattr(field, "is_repeated") else field.label == 3:
            items = (
                [] if field.message_type and field.message_type.GetOptions().map_entry else value
            )
        else:
            items = [value]
        for one in items:
            if isinstance(one, str):
                yield name, one
            elif hasattr(one, "ListFields"):
                yield from _strings(one, name)

"""The brief of a scenario: what it says, that it is marked on each page, and how it is set."""

from __future__ import annotations

import io
import re

import pytest
from docx import Document
from docx.shared import Mm, Pt

from db.engine import Store
from indicators.model import Settings
from reports.scenario_brief import shortened
from services.scenario_brief import LOCKED, brief
from services.scenario_desk import Desk
from services.scenarios import run_document
from services.snapshot import snapshot

AT = 1_795_000_000_000_000
BAD_YEAR = {
    "name": "Năm 2027 xấu",
    "note": "Dịch bệnh\x0btrở lại",
    "seed": 7,
    "targets": {
        "DL-01": {
            "shape": {"kind": "growth", "pct": 12},
            "effects": [{"kind": "shock", "year": 2027, "pct": -30, "recovery": 2}],
        }
    },
    "drivers": {"chi_tieu": {"unit": "triệu đồng/lượt", "shape": {"kind": "growth", "pct": -4}}},
    "identities": ["DL-03 = DL-01 * chi_tieu"],
}


@pytest.fixture(scope="module")
def desk(untouched: Store) -> Desk:
    return Desk(snapshot(untouched, AT, Settings()))


def opened(desk: Desk, document: dict = BAD_YEAR, lang: str = "vi", **more: str):
    found = brief(desk, document, "DL-01", None, author="Lò Thị Ánh", lang=lang, **more)
    return Document(io.BytesIO(found))


def said(document) -> str:
    texts = [one.text for one in document.paragraphs]
    texts += [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join(texts).replace("\N{NO-BREAK SPACE}", " ")


@pytest.mark.parametrize(("lang", "mark"), [("vi", "KỊCH BẢN"), ("en", "SCENARIO")])
def test_each_page_is_marked_as_a_trial_sum(desk, lang, mark):
    section = opened(desk, lang=lang).sections[0]
    assert section.different_first_page_header_footer
    for header in (section.first_page_header, section.header):
        assert any(one.text.startswith(mark) for one in header.paragraphs)
    assert "PAGE" in section.header._element.xml  # numbered from the second page on
    assert "PAGE" not in section.first_page_header._element.xml


def test_it_says_what_is_assumed_and_what_comes_out(desk):
    text = said(opened(desk))
    values = {one["code"]: one["value"] for one in run_document(desk.known, BAD_YEAR)["targets"]}
    end = f"{round(values['DL-01']):,}".replace(",", ".")
    for words in (
        "TÓM TẮT KỊCH BẢN", "Năm 2027 xấu", "mỗi năm tăng 12%",
        "năm 2027 giảm 30% so với lẽ ra, hồi phục trong 2 năm", "chi_tieu", "mỗi năm giảm 4%",
        "tính từ DL-03 = DL-01 * chi_tieu", "4.900.000 lượt (năm 2024)", end,
        "ít nhất 9 triệu (2030)", "Sau năm 2027: để đạt 9.000.000 lượt",
        "số gốc ngẫu nhiên 7", "Người lập: Lò Thị Ánh. Chưa lưu.", "18/11/2026",
    ):  # fmt: skip
        assert words in text, words


def test_the_year_after_a_bad_one_stands_beside_the_official_path(desk):
    table = opened(desk).tables[-1]
    rows = {row.cells[0].text: [cell.text for cell in row.cells[1:]] for row in table.rows}
    # 4.9 million × 1.12³ × 0.7 against the path 4.9 million × (9/4.9)^(3/6)
    scenario, path = 4_900_000 * 1.12**3 * 0.7, 4_900_000 * (9 / 4.9) ** 0.5
    dotted = [f"{round(abs(x)):,}".replace(",", ".") for x in (scenario, path, path - scenario)]
    assert rows["2027"] == [dotted[0], dotted[1], f"−{dotted[2]}"]


def test_a_locked_scenario_says_so(desk):
    assert "Đã khóa làm căn cứ quyết định." in said(opened(desk, state=LOCKED))


def test_sheet_and_letters_are_those_of_administrative_papers(desk):
    document = opened(desk)
    section = document.sections[0]
    assert (round(section.page_width / Mm(1)), round(section.page_height / Mm(1))) == (210, 297)
    assert 20 <= round(section.top_margin / Mm(1), 1) <= 25
    assert 20 <= round(section.bottom_margin / Mm(1), 1) <= 25
    assert 30 <= round(section.left_margin / Mm(1), 1) <= 35
    assert 15 <= round(section.right_margin / Mm(1), 1) <= 20
    normal = document.styles["Normal"].font
    assert (normal.name, normal.size) == ("Times New Roman", Pt(13))
    assert not re.findall(r'w:color w:val="(?!auto|000000)', document.element.body.xml)


def test_a_mark_and_a_word_say_whether_a_target_is_reached(desk):
    both = {
        "targets": {
            "DL-01": {"shape": {"kind": "growth", "pct": 40}},
            "GD-01": {"shape": {"kind": "steps", "amount": 0}},
        }
    }
    rows = opened(desk, both).tables[1].rows[1:]
    assert [row.cells[0].text[:5] for row in rows] == ["GD-01", "DL-01"]  # what is missing first
    assert [row.cells[-1].text.strip() for row in rows] == ["chưa đạt", "đạt"]
    pictures = [re.findall(r'r:embed="(\w+)"', row.cells[-1]._element.xml) for row in rows]
    assert [len(one) for one in pictures] == [1, 1]
    assert pictures[0] != pictures[1]


def test_a_document_that_cannot_be_run_makes_no_brief(desk):
    with pytest.raises(ValueError, match="doc_unknown_code"):
        brief(desk, {"targets": {"XX": {"shape": {"kind": "goal"}}}}, "XX", None, author="a")


def test_a_long_note_is_cut_at_a_word_and_a_short_one_is_not():
    assert shortened("Dịch bệnh\n trở lại", 3, 11) == "Dịch bệnh trở lại"
    cut = shortened("một hai ba bốn " * 200, 2, 11)
    assert cut.endswith(" …")
    assert len(cut) < 300

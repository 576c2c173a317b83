"""Sentences on what a target takes: every case, both languages, no number in the wrong place."""

from __future__ import annotations

import pytest

from i18n.scenario_reasons import sentence, step_text
from indicators.model import Reason, Settings, Target
from indicators.scenarios import Limits, Start
from indicators.scenarios_goal import goal


def said(
    low: float,
    start: Start,
    lang: str = "vi",
    *,
    by: int | None = None,
    unit: str = "%",
    **more: str,
) -> str:
    given = {"kind": "level", "comparator": "at_least", "direction": "up", **more}
    target = Target(
        "XX-01", "", "", "", unit, given["kind"], given["comparator"], low, None, 2026, 2030,
        given["direction"], "province", "D", "L",
    )  # fmt: skip
    found = goal(target, start, Settings(), by=by, limits=Limits(0, 100)).reason
    text = sentence(Reason(found.key, {**found.numbers, "unit": unit, "decimals": 1}), lang)
    return text.replace("\N{NO-BREAK SPACE}", " ")


def test_each_case_has_its_own_sentence():
    start = Start(2026, 60.0)
    assert said(70, start) == "Để đạt 70% năm 2030, mỗi năm cần thêm 2,5 điểm % (3,9%/năm)."
    assert said(100.5, start) == (
        "Không thể đạt vì mức cần có 100,5% cao hơn giá trị lớn nhất có thể của chỉ tiêu (100%)."
    )
    assert said(70, Start(2030, 60.0)).startswith("Không thể đạt vì năm 2030 không còn")
    assert said(50, Start(2030, 60.0)).startswith("Đã đạt: số liệu mới nhất là của năm 2030")
    assert "mỗi năm có thể giảm tối đa 2,5 điểm % mà vẫn đạt" in said(50, start)
    assert "chỉ cần giữ đến năm 2030" in said(60, start)
    assert "Phải vượt mức này" in said(70, start, comparator="more_than")
    assert said(62, start, kind="every_year").startswith(
        "Năm nào cũng cần đạt 62%: từ 60% (năm 2026)"
    )
    falling = said(20, start, comparator="at_most", direction="down")
    assert "mỗi năm cần giảm 10 điểm %" in falling


def test_a_total_names_its_yearly_amount():
    start = Start(2026, 10.0, total=20.0)
    text = said(100, start, unit="dự án", kind="cumulative")
    assert text == "Để lũy kế đạt 100 dự án vào cuối năm 2030, mỗi năm cần 20 dự án."
    assert said(15, start, unit="dự án", kind="cumulative") == "Lũy kế 20 dự án đã đủ mức 15 dự án."


@pytest.mark.parametrize(
    ("low", "start"), [(70, Start(2026, 60.0)), (101, Start(2026, 60.0)), (70, Start(2030, 60.0))]
)
def test_the_english_sentences_hold_no_vietnamese(low, start):
    text = said(low, start, "en")
    assert text.isascii()
    assert text.endswith(".")


def test_small_steps_keep_their_decimals():
    assert step_text(683_333.3, "lượt", 0) == "683.333\N{NO-BREAK SPACE}lượt"
    assert step_text(13.548, "dự án", 0) == "13,5\N{NO-BREAK SPACE}dự án"
    assert step_text(-0.025, "%", 1) == "0,025\N{NO-BREAK SPACE}điểm\N{NO-BREAK SPACE}%"


def test_an_unknown_reason_is_named():
    with pytest.raises(ValueError, match="nothing"):
        sentence(Reason("nothing"))

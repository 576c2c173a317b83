"""Assumptions in words, in both languages."""

from __future__ import annotations

import pytest

from indicators.scenarios_shapes import (
    Curve,
    Delay,
    Growth,
    Line,
    Logistic,
    Own,
    Project,
    Saturating,
    Shock,
    Steps,
)
from services.scenario_said import course, effect


def plain(text: str) -> str:
    return text.replace("\N{NO-BREAK SPACE}", " ")


@pytest.mark.parametrize(
    ("shape", "said"),
    [
        (Growth(12.5), "mỗi năm tăng 12,5%"),
        (Growth(-3), "mỗi năm giảm 3%"),
        (Growth(0), "giữ nguyên như số liệu mới nhất"),
        (Steps(2.25), "mỗi năm thêm 2,25 điểm %"),
        (Steps(-1), "mỗi năm bớt 1 điểm %"),
        (Line(90, 2029), "đi thẳng đến 90% vào năm 2029"),
        (Saturating(100, 12), "mỗi năm rút ngắn 12% khoảng còn thiếu đến 100%"),
        (Logistic(100, 30), "lúc đầu tăng 30%/năm, chậm dần khi gần 100%"),
        (Curve(95, 2030), "đường chữ S đến 95% vào năm 2030"),
        (Own({2027: 70.0, 2030: 88.5}), "tự nhập: 2027: 70; 2030: 88,5"),
    ],
    ids=str,
)
def test_each_course_has_its_words(shape, said):
    assert plain(course(shape, "%", 1)) == said


def test_the_step_of_a_running_total_is_an_amount():
    assert plain(course(Steps(14), "dự án", 0, total=True)) == "mỗi năm 14 dự án"


def test_many_own_values_are_named_by_their_ends():
    values = {2027 + k: float(k) for k in range(12)}
    assert plain(course(Own(values), "lượt", 0)) == "tự nhập: 2027: 0; …; 2038: 11"


@pytest.mark.parametrize(
    ("one", "said"),
    [
        (Shock(2027, -30), "năm 2027 giảm 30% so với lẽ ra"),
        (Shock(2027, -30, 2), "năm 2027 giảm 30% so với lẽ ra, hồi phục trong 2 năm"),
        (Shock(2027, 5, None), "năm 2027 tăng 5% so với lẽ ra, không hồi phục"),
        (Project(2028, 7), "dự án thêm 7 điểm % từ năm 2028"),
        (Project(2028, -7, 3), "dự án thêm −7 điểm % từ năm 2028, đủ công suất sau 3 năm"),
        (Delay(2), "mọi việc chậm 2 năm"),
    ],
    ids=str,
)
def test_each_effect_has_its_words(one, said):
    assert plain(effect(one, "%", 1)) == said


def test_english_has_words_for_all_of_them_too():
    assert course(Growth(12.5), "%", 1, "en") == "12.5% more each year"
    assert "30% less" in effect(Shock(2027, -30, None), "%", 1, "en")

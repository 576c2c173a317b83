"""What the page on the methods says, against the store and against a target's own page."""

from __future__ import annotations

import re
import shutil

import pytest

from db import observations
from db.engine import open_store
from indicators.current import choose
from indicators.forecast_record import CALIBRATION
from indicators.methods.registry import METHODS
from indicators.methods_record import CHECKED
from indicators.model import Settings
from services.assessments import MethodLine
from services.demo import demo
from services.method_contrast import contrast
from services.methods import methods_page
from services.overview import overview
from services.targets import target_page

NOW = 1_795_300_000_000_000  # 22/11/2026


@pytest.fixture(scope="module")
def page(untouched):
    return methods_page(untouched, NOW, Settings())


def test_every_method_is_explained_in_both_languages(untouched, page):
    english = methods_page(untouched, NOW, Settings(), "en")
    for view in (page, english):
        assert {info.key for info in view.methods} == set(METHODS)
        for info in view.methods:
            texts = (info.question, info.rule, info.origin, info.weaknesses, *info.formula)
            assert all(text and "{" not in text for text in texts)
            assert [key for key, _, _ in info.labels] == list(METHODS[info.key].labels[:-1])
    assert page.default.rule != english.default.rule


def test_each_example_ends_with_the_label_and_reason_of_the_targets_own_page(untouched, page):
    shown = 0
    for info in page.methods:
        one = info.example
        lines = target_page(untouched, NOW, one.code, Settings()).methods
        [own] = [line for line in lines if line.method == info.key]
        assert (one.label, one.label_text, one.reason) == (own.label, own.label_text, own.reason)
        assert one.when in next(when for key, _, when in info.labels if key == own.label)
        shown += len(one.steps) > 0
    assert shown == len(METHODS)  # what was published lets every method judge one target


def test_the_default_methods_example_ends_with_the_verdict_of_the_overview(untouched, page):
    one = page.default.example
    [row] = [row for row in overview(untouched, NOW, Settings()).rows if row.code == one.code]
    assert (one.scale, one.scale_text) == (row.scale, row.scale_text)
    assert one.reason == row.reason


def test_the_german_rule_is_worked_out_with_the_visitors_of_the_province(page):
    # 1.9 million in 2017, 4.9 million in 2024, 9 million asked for in 2030:
    # 3,000,000 / 7 = 428,571; 4.1 million to go; (4.1 - 6 × 0.428571) / 4.1 = 37.28 % open.
    one = page.default.example
    assert one.code == "DL-01"
    assert [(step.sum, step.result) for step in one.steps] == [
        ("(4.900.000 − 1.900.000) / (2024 − 2017)", "428.571\u00a0lượt/năm"),
        ("9.000.000 − 4.900.000", "4.100.000\u00a0lượt"),
        ("(4.100.000 − 428.571 × (2030 − 2024)) / 4.100.000", "37,28%"),
    ]
    assert one.when == "còn thiếu trên 20% nhưng đang tiến gần"
    assert one.label_text == "nhiều mây: đúng hướng nhưng quá chậm"


def test_the_figures_of_an_example_are_those_in_its_sums(page):
    for info in page.methods:
        one = info.example
        sums = " ".join(step.sum for step in one.steps)
        newest = re.match(r"[\d.,]+", one.figures[-1][1]).group(0)
        assert newest in sums, info.key


def test_examples_for_one_target_show_it_under_every_method_that_can_judge_it(untouched):
    view = methods_page(untouched, NOW, Settings(), code="DL-03")
    assert view.asked == "DL-03"
    assert {info.example.code for info in view.methods} == {"DL-03"}
    unjudged = [info.example for info in view.methods if not info.example.judged]
    assert {info.key for info in view.methods if not info.example.judged} >= {"statcan", "unsd"}
    assert all(one.reason and not one.steps for one in unjudged)


def test_of_a_target_for_each_area_the_worst_area_is_worked_out(tmp_path, migrated_file):
    path = tmp_path / "demo.db"
    shutil.copy(migrated_file, path)
    store = open_store(f"sqlite:///{path}")
    demo(store, NOW)
    view = methods_page(store, NOW + 1, Settings(), code="MT-01")
    one = view.default.example
    row = target_page(store, NOW + 1, "MT-01", Settings()).row
    store.close()
    assert (one.scale_text, one.reason) == (row.scale_text, row.reason)
    assert one.area
    assert one.area in one.reason
    assert one.steps


def test_an_unknown_target_gets_the_fitting_examples(untouched, page):
    view = methods_page(untouched, NOW, Settings(), code="XX-99")
    assert view.asked == ""
    assert view.default.example == page.default.example


def test_without_any_figure_no_example_is_made_up(untouched):
    # 01/01/2017: nothing of what was published was known.
    view = methods_page(untouched, 1_483_203_600_000_000, Settings())
    assert [info.example for info in view.methods] == [None] * len(METHODS)
    assert [info.judges for info in view.methods] == [0] * len(METHODS)


def test_the_nine_marks_count_every_target_once(untouched, page):
    counts = {line.scale: line.count for line in page.scale}
    assert len(counts) == 9
    assert sum(counts.values()) == page.total == 32
    assert {k: n for k, n in counts.items() if n} == overview(untouched, NOW, Settings()).counts


def test_the_meaning_of_a_mark_names_the_default_methods_own_labels(untouched):
    plan = methods_page(untouched, NOW, Settings(method="vn_plan"))
    meaning = {line.scale: line.meaning for line in plan.scale}
    assert "“chưa đến hạn”" in meaning["behind"]
    assert plan.default.key == "vn_plan"
    assert "nhiều mây" not in meaning["at_risk"]


def test_thresholds_and_settings_are_those_in_force(untouched):
    strict = Settings(about_pct=2.5, stale_months=36, near_pct=3.0, slow_pct=12.5)
    view = methods_page(untouched, NOW, strict)
    shown = {line.value for line in view.settings}
    assert {"±2,5%", "36 tháng", "3%", "12,5%"} <= shown
    assert {line.usual for line in view.settings} >= {"±5%", "24 tháng", "20%"}
    assert view.default.example.when == "còn thiếu trên 12,5% nhưng đang tiến gần"
    assert any("36 tháng" in line.meaning for line in view.scale)


def test_what_is_said_of_the_checks_is_the_record(page):
    for info in page.methods:
        checked, said = CHECKED[info.key], " ".join(info.checks.sentences)
        if checked.published:
            assert f"{checked.reproduced} trong {checked.published} " in said
        else:
            assert "Chưa tìm được trường hợp nào do nguồn công bố" in said
        assert ("Chỗ lệch" in said) == (checked.reproduced < checked.published)


def test_the_sentence_gives_the_worst_of_the_ten_levels(page):
    worst = max(abs(one.stated - one.came_true) for one in CALIBRATION)
    text = f"{100 * worst:.1f}".replace(".", ",")
    assert f"{text}\u00a0điểm\u00a0%" in page.sentence
    assert max(line.off for line in page.outlooks.tenths) == text
    assert len(page.outlooks.tenths) == len(page.outlooks.figure.series[1].points) == 10


def test_each_contested_period_is_counted_by_what_decided_it(untouched, page):
    with untouched.read() as tx:
        known = [one for one in observations.known(tx, NOW) if not one.series]
    contested = set()
    for one in choose(known).alternatives:
        for other in known:
            same = (one.indicator, one.area, one.period) == (
                other.indicator,
                other.area,
                other.period,
            )
            if same and one.value != other.value:
                contested.add((one.indicator, one.area, one.period))
    assert page.contested == len(contested) > 0
    assert sum(count for _, count in page.criteria) == page.contested


def line(method, label, *, default=False):
    return MethodLine(method, method, label, label, None, "", 5, False, default)


def test_methods_that_point_another_way_are_counted_with_why():
    said = contrast(
        [
            line("destatis", "cloudy", default=True),
            line("vn_plan", "chua_den_han"),  # not due: says nothing of the way it goes
            line("statcan", "not_available"),
            line("sdg_index", "stagnating"),
            line("escap_api", "will_meet_target"),
        ]
    )
    assert said.sentence.startswith("1 trong 2 phương pháp")
    assert list(said.why) == ["escap_api"]
    assert "Theo xu hướng, đến hạn sẽ đi được mấy phần mười" in said.why["escap_api"]


def test_nothing_is_compared_where_the_default_method_cannot_judge():
    silent = line("destatis", "not_assessed", default=True)
    assert contrast([silent, line("sdg_index", "stagnating")]).why == {}
    alone = [line("destatis", "sun", default=True), line("unsd", "not_assessed")]
    assert contrast(alone).sentence == "Chưa phương pháp nào khác xét được chỉ tiêu này."

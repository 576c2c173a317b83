from datetime import date

from indicators.model import EACH_AREA
from indicators.periods import parse
from seed import areas, invented, register

CODES = [area.code for area in areas.areas()]
FIGURES = invented.observations(
    register.targets(), register.indicators(), CODES, date(2026, 11, 22)
)
BY_KEY = {(one.indicator, one.area, one.period.text): one.value for one in FIGURES}


def test_every_figure_says_that_it_is_invented():
    assert {one.source for one in FIGURES} == {"DỮ LIỆU MINH HỌA – số bịa để minh họa"}
    assert {one.source_url for one in FIGURES} == {""}


def test_every_target_area_and_period_has_a_figure():
    spans = [f"{year}{part}" for year in range(2019, 2026) for part in ("", "-H1")] + ["2026-H1"]
    for target in register.targets():
        places = target.areas if target.kind == EACH_AREA else ("",)
        for area in CODES if target.code == "AN-01" else places:
            for span in spans:
                assert (target.code, area, span) in BY_KEY
    # 26 of the province, 75 + 8 + 3 + 8 + 13 of areas, 75 of AN-01, over 15 spans
    assert len(FIGURES) == (26 + 107 + 75) * 15


def test_figures_keep_to_what_is_possible_and_parts_to_their_wholes():
    for one in register.indicators():
        for (code, _, _), value in BY_KEY.items():
            if code == one.code:
                assert one.minimum is None or value >= one.minimum
                assert one.maximum is None or value <= one.maximum
    for (code, area, span), value in BY_KEY.items():
        if code == "DL-02":
            assert value <= BY_KEY["DL-01", area, span]
        if code == "NL-02":
            assert value <= BY_KEY["NL-01", area, span]
        if code == "GD-01":
            parts = [BY_KEY[f"GD-0{number}", area, span] for number in range(2, 6)]
            assert min(parts) <= value <= max(parts)


def test_the_half_of_a_flow_is_part_of_its_year():
    for code in ("DL-01", "DL-03", "DT-01", "KT-04", "HTX-02"):
        for year in range(2019, 2026):
            assert BY_KEY[code, "", f"{year}-H1"] < BY_KEY[code, "", f"{year}"]


def test_the_same_register_gives_the_same_figures():
    again = invented.observations(
        register.targets(), register.indicators(), CODES, date(2026, 11, 22)
    )
    assert again == FIGURES


def test_nothing_is_invented_for_a_period_that_is_not_over():
    early = invented.observations(
        register.targets(), register.indicators(), CODES, date(2026, 7, 1)
    )
    assert max(one.period.end for one in early) == parse("2025").end


def test_plans_reach_into_the_running_year():
    plans = invented.plans(register.targets(), register.indicators(), FIGURES)
    years = {one.period.year for one in plans if one.indicator == "DL-01"}
    assert years == set(range(2019, 2027))
    assert {one.document for one in plans} == {invented.SOURCE}

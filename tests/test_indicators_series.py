from hypothesis import given
from hypothesis import strategies as st

from indicators.periods import parse
from indicators.series import cover, newest, running_total, spans, yearly, yearly_totals
from tests.figures import figures


def texts(periods):
    return [period.text for period in periods]


def test_a_whole_year_figure_stands_before_its_parts():
    (point,) = yearly(figures(y2024=100, y2024_H1=40, y2024_H2=50), "flow")
    assert (point.year, point.value) == (2024, 100)


def test_a_flow_without_a_year_figure_is_the_sum_of_parts_that_cover_the_year():
    parts = figures(y2024_9M=70, y2024_Q4=30, y2024_H1=45)
    (point,) = yearly(parts, "flow")
    assert point.value == 100
    assert len(point.parts) == 2


def test_a_flow_whose_parts_leave_a_month_open_gives_no_year():
    assert yearly(figures(y2024_9M=70, y2024_11=10, y2024_12=10), "flow") == []


def test_a_stock_takes_the_newest_figure_of_the_year_and_names_its_period():
    (point,) = yearly(figures(y2025_H1=3942, y2025_10=4100), "stock")
    assert (point.value, point.period.text) == (4100, "2025-10")


def test_an_every_year_target_reads_whole_years_only():
    assert yearly(figures(y2025_H1=3), "rate", whole_years_only=True) == []


def test_the_newest_of_two_that_end_on_one_day_is_the_longer():
    assert newest(figures(y2026_Q2=1, y2026_H1=2, y2026_Q1=3)).period.text == "2026-H1"
    assert newest({}) is None


def test_a_running_total_adds_years_and_the_part_of_the_last_one():
    total = running_total(figures(y2024=99, y2025=18, y2026_H1=14), 2025, 2030)
    assert (total.start.text, total.end.text, total.value) == ("2025", "2026-H1", 32)
    assert total.missing == ()


def test_a_hole_in_a_running_total_is_named():
    total = running_total(figures(y2025_10M=30, y2026_Q2=8), 2025, 2030)
    assert total.value == 38
    assert texts(total.missing) == ["2025-11", "2025-12", "2026-Q1"]
    assert total.end.text == "2026-H1"


def test_no_figure_in_the_term_gives_no_total():
    assert running_total(figures(y2023=24), 2025, 2030) is None


def test_yearly_totals_start_at_zero_and_stop_before_a_hole():
    series = yearly(figures(y2025=18, y2026=20, y2028=25), "flow")
    assert yearly_totals(series, 2025, 2030) == {2024: 0.0, 2025: 18.0, 2026: 38.0}


def test_missing_months_are_named_by_the_longest_spans():
    assert texts(spans(2026, range(1, 13))) == ["2026"]
    assert texts(spans(2026, [4, 5, 6, 8])) == ["2026-Q2", "2026-08"]


@given(
    st.sets(
        st.sampled_from(["H1", "H2", "Q1", "Q2", "Q3", "Q4", "9M", "10M", "01", "05", "11", "12"])
    )
)
def test_a_cover_never_counts_a_month_twice_and_leaves_as_few_open_as_a_slow_search(parts):
    periods = [parse(f"2026-{part}") for part in sorted(parts)]
    taken, missing = cover(periods, 12)
    months = [m for p in taken for m in range(p.first, p.last + 1)]
    assert len(months) == len(set(months))
    assert set(months) | set(missing) == set(range(1, 13))

    def most(rest, used):
        return max(
            [len(used)]
            + [
                most(rest[i + 1 :], used | span)
                for i, p in enumerate(rest)
                if not (span := set(range(p.first, p.last + 1))) & used
            ]
        )

    assert len(months) == most(periods, set())

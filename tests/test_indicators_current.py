from datetime import date

from indicators.current import best_first, choose, decided_by
from indicators.model import AGENCY, PUBLISHED, Observation
from indicators.periods import parse


def published(value, status="estimate", known=None, **more):
    more.setdefault("source_url", f"https://example.org/{value}/{status}/{known}")
    return Observation(
        indicator="DL-01",
        area="",
        period=parse("2022"),
        value=value,
        status=status,
        origin=PUBLISHED,
        known_from=known or date(2022, 12, 31),
        known_assumed=known is None,
        **more,
    )


def agency(value, status="estimate", known=date(2023, 1, 1), **more):
    return Observation("DL-01", "", parse("2022"), value, status, known_from=known, **more)


def test_a_single_figure_is_current_and_nothing_decided_it():
    only = published(1.0)
    assert choose([only]) == ([only], [])
    assert decided_by([only]) == ""


def test_no_figures_give_no_choice():
    assert choose([]) == ([], [])


def test_an_agencys_estimate_stands_before_an_official_published_figure():
    group = [published(9.0, "official"), agency(1.0)]
    assert choose(group).current == [group[1]]
    assert decided_by(group) == "origin"
    assert group[1].origin == AGENCY


def test_the_higher_status_stands_before_the_later_day():
    group = [published(1.0, known=date(2024, 1, 1)), published(2.0, "preliminary")]
    assert choose(group).current == [group[1]]
    assert decided_by(group) == "status"


def test_published_after_the_period_stands_before_published_within_it():
    group = [published(1.0, known=date(2022, 11, 28)), published(2.0, bound="upper")]
    assert choose(group).current == [group[1]]
    assert decided_by(group) == "after_period"


def test_the_value_of_two_sources_stands_before_a_lone_exact_one():
    said_twice = [published(94.0, bound="lower", source_url=f"https://{n}.vn") for n in "ab"]
    group = [published(79.0), *said_twice]
    assert choose(group).current == [said_twice[0]]


def test_one_page_that_says_a_value_twice_is_one_source():
    group = [published(79.0), *[published(94.0, bound="lower", source_url="https://a.vn")] * 2]
    assert choose(group).current == [group[0]]


def test_an_exact_figure_stands_before_a_bound():
    group = [published(4500.0, known=date(2023, 1, 5), bound="lower"), published(4565.0)]
    assert choose(group).current == [group[1]]
    assert decided_by(group) == "exact"


def test_a_printed_day_stands_before_an_assumed_one():
    group = [published(27100.0), published(27094.0, known=date(2022, 12, 31))]
    assert choose(group).current == [group[1]]
    assert decided_by(group) == "dated"


def test_then_the_later_day_and_at_last_the_first_in_the_file():
    early, late = published(1.0, known=date(2023, 1, 1)), published(2.0, known=date(2023, 2, 1))
    assert best_first([early, late]) == [late, early]
    assert decided_by([early, late]) == "later"
    first, second = published(3942.0), published(3940.0)
    assert best_first([first, second]) == [first, second]
    assert decided_by([first, second]) == "order"


def test_of_two_of_an_agency_on_one_day_the_last_recorded_stands():
    group = [agency(1.0), agency(2.0)]
    assert choose(group).current == [group[1]]


def test_other_series_areas_and_periods_do_not_compete():
    rows = [
        published(1.0),
        published(2.0, series="gso"),
        Observation("DL-01", "03646", parse("2022"), 3.0, "estimate"),
        Observation("DL-01", "", parse("2023"), 4.0, "estimate"),
    ]
    assert choose(rows) == (rows, [])


def test_alternatives_come_best_first_and_keys_in_the_order_met():
    other = Observation("DL-02", "", parse("2022"), 5.0, "estimate")
    low, high = published(1.0), published(2.0, "preliminary")
    lowest = published(0.5, known=date(2022, 1, 1))
    choice = choose([lowest, other, low, high])
    assert choice.current == [high, other]
    assert choice.alternatives == [low, lowest]

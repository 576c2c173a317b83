from datetime import date

import pytest

from db import changes, drafts, kept, observations
from indicators.model import PUBLISHED
from indicators.periods import parse
from services.moments import day_start

DAY = date(2025, 1, 4)
FIGURE = {
    "indicator": "DL-01",
    "period": "2024",
    "value": 4_900_000.0,
    "status": "estimate",
    "source": "Doanh nghiệp Hội nhập",
    "source_title": "Doanh thu ngành du lịch",
    "publisher": "Doanh nghiệp Hội nhập",
    "source_url": "https://example.org/a",
    "published_on": "2025-01-04",
    "quote": "ghi nhận 4,9 triệu lượt khách",
    "bound": "upper",
    "known_from": day_start(DAY),
    "known_assumed": True,
}
NOW = day_start(date(2026, 11, 22))


def put(store, rows, now=NOW):
    with store.write() as tx:
        change = changes.begin(tx, "seed", "seed", "", now)
        return observations.put_published(tx, rows, change)


def known(store, as_of, codes=None):
    with store.read() as tx:
        return observations.known(tx, as_of, codes)


def test_a_published_figure_is_known_from_its_day_on(store):
    put(store, [FIGURE])
    assert known(store, day_start(DAY) - 1) == []
    (one,) = known(store, day_start(DAY))
    assert (one.indicator, one.area, one.period) == ("DL-01", "", parse("2024"))
    assert (one.value, one.status, one.origin) == (4_900_000.0, "estimate", PUBLISHED)
    assert (one.known_from, one.known_assumed, one.bound) == (DAY, True, "upper")
    assert one.submission is None


def test_a_published_figure_keeps_its_citation(store):
    put(store, [FIGURE])
    (one,) = known(store, NOW)
    with store.read() as tx:
        citation = observations.citations(tx, [one.id, 99])[one.id]
    assert citation.quote == "ghi nhận 4,9 triệu lượt khách"
    assert (citation.publisher, citation.published_on) == ("Doanh nghiệp Hội nhập", "2025-01-04")


def test_contradicting_sources_stand_side_by_side(store):
    put(store, [FIGURE, {**FIGURE, "source_url": "https://example.org/b", "value": 5e6}])
    assert [one.value for one in known(store, NOW)] == [4_900_000.0, 5e6]


def test_the_same_publication_again_writes_nothing(store):
    put(store, [FIGURE])
    assert not put(store, [FIGURE], NOW + 10).did


def test_a_corrected_publication_leaves_the_past_as_it_was(store):
    put(store, [FIGURE])
    done = put(store, [{**FIGURE, "value": 4_910_000.0}], NOW + 10)
    assert len(done.amended) == 1
    assert [one.value for one in known(store, NOW + 9)] == [4_900_000.0]
    (now,) = known(store, NOW + 10)
    assert (now.value, now.known_from) == (4_910_000.0, DAY)
    with store.read() as tx:
        history = observations.history(tx, "DL-01", "", "2024")
    assert [(one.observation.value, one.known_to) for one in history] == [
        (4_900_000.0, NOW + 10),
        (4_910_000.0, None),
    ]


def test_a_publication_without_a_moment_is_refused(store):
    without = {name: value for name, value in FIGURE.items() if name != "known_from"}
    with pytest.raises(ValueError, match="known_from"):
        put(store, [without])


def test_a_withdrawn_publication_is_gone_from_now_on(store):
    put(store, [FIGURE])
    with store.write() as tx:
        (key,) = observations.published_keys(tx)
        change = changes.begin(tx, "seed", "seed", "", NOW + 10)
        assert observations.withdraw_published(tx, [key], change) == 1
        assert observations.published_keys(tx) == set()
    assert len(known(store, NOW + 9)) == 1
    assert known(store, NOW + 10) == []


def test_figures_come_by_indicator_in_the_order_of_recording(store):
    rows = [
        {**FIGURE, "indicator": code, "period": period}
        for code, period in (("DL-02", "2024"), ("DL-01", "2024"), ("DL-01", "2023"))
    ]
    put(store, rows)
    found = [(one.indicator, one.period.text) for one in known(store, NOW)]
    assert found == [("DL-01", "2024"), ("DL-01", "2023"), ("DL-02", "2024")]


@pytest.mark.parametrize("others", [0, 2000])
def test_only_the_indicators_asked_for_come_however_many_are_asked(store, others):
    put(store, [{**FIGURE, "indicator": code} for code in ("DL-01", "DL-02", "DL-03")])
    codes = {"DL-01", "DL-03", *(f"X-{number}" for number in range(others))}
    assert [one.indicator for one in known(store, NOW, codes)] == ["DL-01", "DL-03"]
    assert known(store, NOW, []) == []


def test_counts_name_only_indicators_with_figures(store):
    put(store, [FIGURE, {**FIGURE, "period": "2023"}])
    with store.read() as tx:
        assert observations.counts(tx, NOW) == {"DL-01": 2}
        assert observations.counts(tx, 0) == {}
        assert not observations.has_agency_figures(tx)


# --- drafts and kept results --------------------------------------------------------


def draft(number="abc", updated=NOW):
    return drafts.Draft(number, NOW, updated, "Lan", "upload", "a.xlsx", b"PK", '{"step": 1}')


def test_a_draft_outlives_its_session(store):
    with store.write() as tx:
        drafts.add(tx, draft())
    with store.write() as tx:
        assert drafts.save(tx, "abc", '{"step": 2}', NOW + 5)
        assert not drafts.save(tx, "another", "{}", NOW)
    with store.read() as tx:
        one = drafts.one(tx, "abc")
        assert (one.content, one.state, one.updated) == (b"PK", '{"step": 2}', NOW + 5)
        assert drafts.one(tx, "another") is None
        assert [(d.id, d.owner, d.content) for d in drafts.listing(tx)] == [("abc", "Lan", None)]


def test_a_draft_goes_after_fourteen_untouched_days(store):
    fortnight = 14 * 24 * 3600 * 1_000_000
    with store.write() as tx:
        drafts.add(tx, draft("old", NOW - fortnight - 1))
        drafts.add(tx, draft("young", NOW - fortnight))
        assert drafts.remove_old(tx, NOW) == 1
        assert drafts.one(tx, "young") is not None
        drafts.remove(tx, "young")
        assert drafts.one(tx, "young") is None


def test_a_result_is_kept_for_its_data_version_only(store):
    with store.write() as tx:
        kept.keep(tx, {"forecast/DL-01": "1", "forecast/DL-02": "2", "other": "3"}, 7, NOW)
        kept.keep(tx, {"forecast/DL-01": "4"}, 7, NOW)
    with store.write() as tx:
        assert kept.value(tx, "forecast/DL-01", 7) == "4"
        assert kept.value(tx, "forecast/DL-01", 8) is None
        assert kept.values(tx, "forecast/", 7) == {"forecast/DL-01": "4", "forecast/DL-02": "2"}
        assert kept.forget(tx, 8) == 3
        assert kept.values(tx, "", 7) == {}

from datetime import date

import pytest
import sqlalchemy as sa

from db import changes, meta, register, tables, versioned

TARGET = {
    "code": "DL-01",
    "field": "Du lịch",
    "unit": "lượt",
    "value_low": 9e6,
    "period_start": 2030,
    "period_end": 2030,
    "scope": "province",
    "document": "D",
}


def put(store, rows, *, now, table=tables.targets, added_from=0, amended_from=None):
    with store.write() as tx:
        change = changes.begin(tx, "register", "Lan", "sổ chỉ tiêu", now)
        done = versioned.put(
            tx, table, rows, change, added_from=added_from, amended_from=amended_from
        )
    return done, change


def low(store, as_of):
    with store.read() as tx:
        return [target.low for target in register.targets(tx, as_of)]


def test_an_amended_target_keeps_its_former_version(store):
    put(store, [TARGET], now=100)
    done, _ = put(store, [{**TARGET, "value_low": 8e6, "supersedes": "CTHD-DU"}], now=200)
    assert done.amended == (("DL-01",),)
    assert low(store, 0) == [9e6]
    assert low(store, 199) == [9e6]
    assert low(store, 200) == [8e6]
    with store.read() as tx:
        first, second = versioned.history(tx, tables.targets, ("DL-01",))
    assert (first.known_from, first.known_to) == (0, 200)
    assert (second.known_from, second.known_to) == (200, None)
    assert (second.values["supersedes"], second.by) == ("CTHD-DU", "Lan")


def test_the_same_again_writes_nothing(store):
    put(store, [TARGET], now=100)
    done, change = put(store, [TARGET], now=200)
    assert done.unchanged == (("DL-01",),)
    assert not done.did
    assert change.id is None
    with store.read() as tx:
        assert changes.data_version(tx, 300) == 1


def test_a_later_addition_is_unknown_before_its_moment(store):
    put(store, [{**TARGET, "code": "X-01"}], now=100, added_from=100)
    assert low(store, 99) == []
    assert low(store, 100) == [9e6]


def test_a_row_can_name_its_own_moment(store):
    put(store, [{**TARGET, "known_from": 50}], now=100, added_from=100)
    assert low(store, 49) == []
    assert low(store, 50) == [9e6]


def test_an_amendment_counts_from_the_day_it_names(store):
    put(store, [TARGET], now=100)
    _, change = put(store, [{**TARGET, "value_low": 1.0}], now=200, amended_from=150)
    assert low(store, 149) == [9e6]
    assert low(store, 150) == [1.0]
    with store.read() as tx:
        assert changes.data_version(tx, 149) == change.id - 1
        assert changes.data_version(tx, 150) == change.id


def test_an_amendment_from_before_its_older_version_is_refused(store):
    put(store, [TARGET], now=100, added_from=100)
    with pytest.raises(ValueError, match="DL-01"):
        put(store, [{**TARGET, "value_low": 1.0}], now=200, amended_from=100)
    assert low(store, 300) == [9e6]


def test_one_key_twice_is_refused_and_nothing_kept(store):
    with pytest.raises(ValueError, match="twice"):
        put(store, [TARGET, TARGET], now=100)
    assert low(store, 100) == []


def test_an_unknown_column_is_named(store):
    with pytest.raises(ValueError, match="colour"):
        put(store, [{**TARGET, "colour": "red"}], now=100)


def test_compare_says_what_put_would_do_and_does_nothing(store):
    put(store, [TARGET], now=100)
    rows = [{**TARGET, "value_low": 1.0}, {**TARGET, "code": "DL-02"}]
    with store.read() as tx:
        would = versioned.compare(tx, tables.targets, rows)
    assert (would.added, would.amended) == ((("DL-02",),), (("DL-01",),))
    assert low(store, 300) == [9e6]


def test_a_withdrawn_row_stays_readable_as_of_earlier(store):
    put(store, [TARGET], now=100)
    with store.write() as tx:
        change = changes.begin(tx, "register", "Lan", "", 200)
        assert versioned.withdraw(tx, tables.targets, [("DL-01",), ("DL-99",)], change) == 1
    assert low(store, 199) == [9e6]
    assert low(store, 200) == []


def test_a_withdrawn_row_can_come_back(store):
    put(store, [TARGET], now=100)
    with store.write() as tx:
        change = changes.begin(tx, "register", "Lan", "", 200)
        versioned.withdraw(tx, tables.targets, [("DL-01",)], change)
    put(store, [TARGET], now=300, added_from=300)
    assert [low(store, at) for at in (150, 250, 350)] == [[9e6], [], [9e6]]


def test_moments_of_changes_rise_even_when_the_clock_goes_back(store):
    put(store, [TARGET], now=500)
    _, change = put(store, [{**TARGET, "value_low": 1.0}], now=100)
    assert change.at == 501
    assert low(store, 500) == [9e6]
    assert low(store, 501) == [1.0]


def test_days_terms_and_lists_come_back_as_they_went_in(store):
    document = {"key": "D", "issued": date(2026, 3, 31), "term": (2026, 2030), "number": "2045"}
    put(store, [document], now=1, table=tables.documents)
    area = {"code": "03646", "merged_from": ("Quyết Thắng", "Tô Hiệu"), "area_km2": 11.92}
    put(store, [area], now=2, table=tables.areas)
    related = {"code": "EXT-01", "measure": "flow", "related_to": ("KT-01", "KT-02")}
    put(store, [related], now=3, table=tables.indicators)
    with store.read() as tx:
        (read,) = register.documents(tx, 3)
        (place,) = register.areas(tx, 3)
        (indicator,) = register.indicators(tx, 3)
    assert (read.issued, read.term) == (date(2026, 3, 31), (2026, 2030))
    assert place.merged_from == ("Quyết Thắng", "Tô Hiệu")
    assert (place.area_km2, place.population, place.valid_from) == (11.92, None, None)
    assert indicator.related_to == ("KT-01", "KT-02")
    assert (indicator.decimals, indicator.minimum) == (1, None)


def test_a_target_knows_its_areas_and_its_document_s_term(store):
    put(store, [{"key": "D", "term": (2026, 2030)}], now=1, table=tables.documents)
    areas = [{"scope": "wards", "area": code} for code in ("03664", "03646")]
    put(store, areas, now=2, table=tables.target_areas)
    put(store, [{**TARGET, "scope": "wards"}], now=3)
    with store.read() as tx:
        (target,) = register.targets(tx, 3)
    assert target.areas == ("03646", "03664")
    assert target.term == (2026, 2030)
    assert target.indicator == "DL-01"
    assert (target.low, target.high) == (9e6, None)


def test_every_table_of_the_register_can_be_read_empty(store):
    readers = (
        *(register.agencies, register.assignments, register.former_units, register.areas),
        *(register.former_unit_aliases, register.older_names, register.baselines),
        *(register.yearly_plans, register.history_targets, register.odd_figures, register.goals),
        *(register.milestones, register.states, register.duties, register.duty_days),
        *(register.explanations, register.scenarios, register.documents, register.targets),
    )
    with store.read() as tx:
        assert [reader(tx, 1) for reader in readers] == [[] for _ in readers]


def test_the_database_itself_refuses_a_second_open_version(store):
    _, change = put(store, [TARGET], now=100)
    second = {"code": "DL-01", "known_from": 150, "change_id": change.id}
    with pytest.raises(sa.exc.IntegrityError), store.write() as tx:
        tx.connection.execute(sa.insert(tables.targets).values(second))


def test_what_the_store_says_of_itself_is_written_anew(store):
    with store.write() as tx:
        assert not meta.is_demo(tx)
        meta.put(tx, "a", "1")
        meta.put(tx, "a", "2")
        meta.mark_demo(tx)
    with store.read() as tx:
        assert meta.value(tx, "a") == "2"
        assert meta.is_demo(tx)

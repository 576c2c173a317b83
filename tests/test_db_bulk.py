"""Many rows at once come back as they were given, however many and whatever they share."""

import psycopg
import pytest
import sqlalchemy as sa

from db import bulk, changes
from db import submissions as stored
from db.submissions import Cell
from db.tables_figures import submission_cells

SAME_SHEET = "Số liệu"


def cell(place):
    """Every third has no new value, every seventh an older one; the sheet is the same in all."""
    return Cell(
        SAME_SHEET,
        f"F{place}",
        "DL-01",
        f"{2000 + place % 50}",
        f"{place:05d}",
        float(place) if place % 7 == 0 else None,
        None if place % 3 == 0 else place / 8,
        "new",
    )


def submission(tx, at):
    number = changes.record(tx, changes.begin(tx, "upload", "Lan", "", at))
    return stored.add(tx, {"at": at, "kind": "upload", "change_id": number})


# one row · fewer than a statement holds · just as many · one more · several batches and a rest
@pytest.mark.parametrize("rows", [1, 99, 100, 101, 20_137])
def test_rows_come_back_as_they_were_given_and_in_their_order(store, rows):
    given = [cell(place) for place in range(rows)]
    with store.write() as tx:
        number = submission(tx, 100)
        stored.add_cells(tx, number, iter(given))
    with store.read() as tx:
        assert stored.cells(tx, number) == given


def test_a_text_that_only_some_rows_share_stays_with_them(store):
    given = [cell(place)._replace(sheet="A" if place < 10_000 else "B") for place in range(10_300)]
    given[150] = given[150]._replace(sheet="")
    with store.write() as tx:
        number = submission(tx, 100)
        stored.add_cells(tx, number, given)
    with store.read() as tx:
        assert stored.cells(tx, number) == given


def test_rows_that_differ_in_nothing_but_their_number_all_come(store):
    with store.write() as tx:
        numbers = [submission(tx, at) for at in range(1, 251)]
        bulk.insert(
            tx, submission_cells, ["submission_id"], [(n,) for n in numbers], {"position": 0}
        )
    with store.read() as tx:
        assert stored.cell_counts(tx, numbers) == dict.fromkeys(numbers, 1)


def test_texts_that_are_all_the_same_and_no_other_column_all_come(store):
    table = sa.Table(
        "only_here", sa.MetaData(), sa.Column("word", sa.Text()), sa.Column("other", sa.Text())
    )
    with store.write() as tx:
        table.create(tx.connection)
        bulk.insert(tx, table, ["word", "other"], [("như nhau", None)] * 230)
        found = tx.plain(
            sa.select(table.c.word, table.c.other, sa.func.count()).group_by("word", "other")
        )
    assert found == [("như nhau", None, 230)]


def test_hostile_text_is_only_a_value(store):
    hostile = "'); DROP TABLE observations; --"
    given = [cell(place)._replace(sheet=hostile, cell=f"{hostile}{place}") for place in range(150)]
    with store.write() as tx:
        number = submission(tx, 100)
        stored.add_cells(tx, number, given)
    with store.read() as tx:
        assert stored.cells(tx, number) == given


def test_a_reader_cannot_insert(store):
    with store.read() as tx, pytest.raises(ValueError, match="only reads"):
        stored.add_cells(tx, 1, [cell(1)])


def test_of_rows_one_of_which_is_refused_none_stays(store):
    given = [(place, "A") for place in range(300)] + [(7, "A")]
    refused = (sa.exc.IntegrityError, psycopg.errors.UniqueViolation)
    with pytest.raises(refused), store.write() as tx:
        number = submission(tx, 100)
        more = {"submission_id": number}
        bulk.insert(tx, submission_cells, ["position", "sheet"], given, more)
    with store.read() as tx:
        assert stored.listing(tx) == []
        assert stored.cell_counts(tx, [1]) == {}

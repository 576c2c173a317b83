"""The audit's chain and what a change tells by itself, on both databases."""

from __future__ import annotations

import hashlib
import json
import threading

import pytest
import sqlalchemy as sa

from db import audit, audit_chain, changes, migrate, tables, versioned
from db.engine import open_store


def write(store, *names, at=5):
    for name in names:
        with store.write() as tx:
            audit.add(tx, at, name, "account.add", "account:1", new={"login": name})


def walked(store, wanted=""):
    with store.read() as tx:
        return audit_chain.walk(tx, wanted)


def tamper(store, statement, **values):
    """Change the audit behind the program's back, as whoever has the database's password can."""
    with store.write() as tx:
        if store.is_sqlite:
            for verb in ("update", "delete"):
                tx.connection.execute(sa.text(f"DROP TRIGGER IF EXISTS audit_no_{verb}"))
        else:
            tx.connection.execute(sa.text("ALTER TABLE audit DISABLE TRIGGER audit_only_add"))
        tx.connection.execute(sa.text(statement), values)


def test_a_line_carries_a_digest_over_the_one_before_and_itself(store):
    write(store, "An", "Bình")
    with store.read() as tx:
        second, first = audit.listing(tx)
    # The form is the contract: whoever keeps an export can check it without this program.
    said = ["", 5, "An", None, "account.add", "account:1", "", '{"login": "An"}', "", "", None]
    text = json.dumps(said, separators=(",", ":"))
    assert (first.previous, first.digest) == ("", hashlib.sha256(text.encode()).hexdigest())
    said[0], said[2], said[7] = first.digest, "Bình", '{"login": "Bình"}'
    text = json.dumps(said, separators=(",", ":"))
    assert (second.previous, second.digest) == (
        first.digest,
        hashlib.sha256(text.encode()).hexdigest(),
    )


def test_an_untouched_chain_fits_and_an_empty_one_too(store):
    assert walked(store) == audit_chain.Walked(0, "", 0, False, None)
    write(store, "An", "Bình", "Chi")
    found = walked(store)
    with store.read() as tx:
        assert found.newest == audit.listing(tx)[0].digest
    assert (found.lines, found.newest_at, found.misfit) == (3, 5, None)


@pytest.mark.parametrize(
    "column", ["at", "by", "action", "subject", "old", "new", "why", "came_from", "digest"]
)
def test_a_line_that_was_changed_is_named(store, column):
    write(store, "An", "Bình", "Chi")
    value = 7 if column == "at" else "khác"
    tamper(store, f'UPDATE audit SET "{column}" = :value WHERE "by" = \'Bình\'', value=value)
    found = walked(store)
    assert (found.lines, found.misfit.kind, found.misfit.line.id) == (1, "changed", 2)


def test_a_line_that_was_changed_with_its_digest_breaks_the_next_one(store):
    write(store, "An", "Bình", "Chi")
    with store.read() as tx:
        line = next(one for one in audit.listing(tx) if one.by == "Bình")
    row = {name: getattr(line, name) for name in audit.NAMES} | {"why": "khác"}
    forged = audit.digest(line.previous, row)
    tamper(store, "UPDATE audit SET why = 'khác', digest = :forged WHERE id = 2", forged=forged)
    found = walked(store)
    assert (found.misfit.kind, found.misfit.line.by) == ("removed", "Chi")


@pytest.mark.parametrize("number", [1, 2])
def test_a_line_that_was_taken_out_is_missed(store, number):
    write(store, "An", "Bình", "Chi")
    tamper(store, f"DELETE FROM audit WHERE id = {number}")
    found = walked(store)
    assert (found.lines, found.misfit.kind, found.misfit.line.id) == (
        number - 1,
        "removed",
        number + 1,
    )


def test_a_line_that_was_put_in_between_is_named(store):
    write(store, "An")
    with store.read() as tx:
        (first,) = audit.listing(tx)
    write(store, "Bình")
    row = {name: getattr(first, name) for name in audit.NAMES} | {"by": "Kẻ gian"}
    row |= {"previous": first.digest, "digest": audit.digest(first.digest, row)}
    tamper(store, "DROP INDEX uq_audit_previous")
    tamper(store, "UPDATE audit SET id = 9 WHERE id = 2")
    with store.write() as tx:
        tx.connection.execute(sa.insert(audit.audit).values({**row, "id": 2}))
    found = walked(store)
    assert (found.misfit.kind, found.misfit.line.by) == ("inserted", "Kẻ gian")


def test_lines_that_changed_places_are_noticed(store):
    write(store, "An", "Bình", "Chi")
    tamper(store, "UPDATE audit SET id = 99 WHERE id = 2")
    assert walked(store).misfit.line.by == "Chi"


def test_a_tail_that_was_cut_off_shows_only_against_a_digest_kept_elsewhere(store):
    write(store, "An", "Bình", "Chi")
    kept = walked(store).newest
    assert walked(store, kept).met
    tamper(store, "DELETE FROM audit WHERE id = 3")
    found = walked(store, kept)
    assert (found.misfit, found.lines, found.met) == (None, 2, False)


def test_the_database_refuses_a_second_line_after_the_same_one(store):
    write(store, "An", "Bình")
    with store.read() as tx:
        row = {name: getattr(audit.listing(tx)[0], name) for name in audit.NAMES if name != "id"}
    with pytest.raises(sa.exc.IntegrityError), store.write() as tx:
        tx.connection.execute(sa.insert(audit.audit).values(row))


def test_writers_at_once_keep_one_chain(store):
    gate = threading.Barrier(4)

    def some(name):
        gate.wait()
        write(store, *[name] * 10)

    threads = [threading.Thread(target=some, args=(f"Người {one}",)) for one in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    found = walked(store)
    assert (found.lines, found.misfit) == (40, None)


def test_a_line_that_was_rolled_back_leaves_no_gap_in_the_chain(store):
    write(store, "An")
    with pytest.raises(ZeroDivisionError), store.write() as tx:
        audit.add(tx, 6, "Bình", "account.add", "account:2")
        raise ZeroDivisionError
    write(store, "Chi")
    assert (walked(store).lines, walked(store).misfit) == (2, None)


def test_lines_from_before_the_chain_are_chained_when_the_store_is_brought_up_to_date(bare_url):
    store = open_store(bare_url)
    while migrate.revision(store) != "0006":
        migrate._one_step(store)
    for number in range(3):
        with store.write() as tx:
            tx.connection.execute(
                sa.text(
                    'INSERT INTO audit (at, "by", action, subject, old, new, why, came_from)'
                    " VALUES (:at, 'An', 'plans.add', 'a.csv', '', '{\"rows\": 1}', '', 'shell')"
                ),
                {"at": 40 - number},
            )
    migrate.migrate(store)
    write(store, "Bình", at=50)
    found = walked(store)
    assert (found.lines, found.misfit) == (5, None)
    with store.read() as tx:
        said = audit.listing(tx)[1]
    assert (said.action, said.new, said.at) == ("audit.chained", '{"lines": 3}', 40)
    with pytest.raises(sa.exc.DBAPIError, match="only be added to"), store.write() as tx:
        tx.connection.execute(sa.text("UPDATE audit SET why = 'x'"))
    store.close()


# --- what a change tells by itself ---------------------------------------------------


def change_plans(store, *rows, gone=(), now=10):
    """Put and withdraw yearly plans; what the line of the audit says was and is."""
    with store.write() as tx:
        change = changes.begin(tx, "plans", "An", "thử", now)
        versioned.put(tx, tables.yearly_plans, rows, change, added_from=0)
        versioned.withdraw(tx, tables.yearly_plans, gone, change)
        audit.add(tx, now, "An", "plans.add", "a.csv", new={"rows": 1}, change=change.id)
    with store.read() as tx:
        line = audit.listing(tx)[0]
    return json.loads(line.old or "{}"), json.loads(line.new or "{}")


def plan(value, period="2027", **more):
    return {"indicator": "DL-01", "area": "", "period": period, "value": value, **more}


def test_new_rows_are_told_with_what_they_say(store):
    old, new = change_plans(store, plan(5.0, document="QĐ 1"))
    said = {"indicator": "DL-01", "period": "2027", "value": 5.0, "document": "QĐ 1"}
    assert old == {}
    assert new == {"rows": 1, "yearly_plans DL-01 2027": said}


def test_amended_rows_are_told_with_what_differs(store):
    change_plans(store, plan(5.0, document="QĐ 1"))
    old, new = change_plans(store, plan(6.0, document="QĐ 1"), now=20)
    assert old == {"yearly_plans DL-01 2027": {"value": 5.0}}
    assert new == {"rows": 1, "yearly_plans DL-01 2027": {"value": 6.0}}


def test_ended_rows_are_told_with_what_they_said(store):
    change_plans(store, plan(5.0))
    old, new = change_plans(store, gone=[("DL-01", "", "2027")], now=20)
    assert old["yearly_plans DL-01 2027"]["value"] == 5.0
    assert new == {"rows": 1}


def test_of_very_many_rows_the_first_are_told_and_the_rest_counted(store):
    rows = [plan(1.0, period=str(2000 + number)) for number in range(45)]
    _, new = change_plans(store, *rows)
    assert (len(new), new["more_rows"]) == (42, 5)  # 40 rows, the count, the caller's own word


def test_a_whole_document_is_told_by_its_digest_and_a_long_text_by_its_beginning(store):
    note = "rất dài " * 100
    with store.write() as tx:
        change = changes.begin(tx, "scenarios", "An", "k", 10)
        row = {"key": "k", "name": note, "body": '{"a": 1}'}
        versioned.put(tx, tables.metadata.tables["scenarios"], [row], change, added_from=10)
        audit.add(tx, 10, "An", "scenarios.save", "k", change=change.id)
    with store.read() as tx:
        said = json.loads(audit.listing(tx)[0].new)["scenarios k"]
    assert said["body"] == "sha256:" + hashlib.sha256(b'{"a": 1}').hexdigest()[:16]
    assert said["name"] == note[:200] + "…"

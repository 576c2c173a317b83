import threading
import time

import pytest
import sqlalchemy as sa

from db import changes, meta
from db.engine import StoreError, open_store
from db.tables_figures import submission_files


def test_what_a_writer_did_before_it_failed_is_gone(store):
    with pytest.raises(RuntimeError), store.write() as tx:
        meta.put(tx, "a", "half")
        raise RuntimeError
    with store.read() as tx:
        assert meta.value(tx, "a") == ""


def test_a_reader_sees_one_state_while_a_writer_commits(store):
    with store.write() as tx:
        meta.put(tx, "a", "before")
    with store.read() as reader:
        assert meta.value(reader, "a") == "before"
        with store.write() as writer:
            meta.put(writer, "a", "after")
        assert meta.value(reader, "a") == "before"
    with store.read() as tx:
        assert meta.value(tx, "a") == "after"


def test_a_second_writer_waits_and_then_sees_what_the_first_wrote(store):
    inside = threading.Event()
    seen = []

    def second():
        inside.wait()
        with store.write() as tx:
            seen.append(meta.value(tx, "a"))

    thread = threading.Thread(target=second)
    thread.start()
    with store.write() as tx:
        inside.set()
        time.sleep(0.2)  # long enough for the second to stand before the door
        meta.put(tx, "a", "first")
    thread.join()
    assert seen == ["first"]


def test_a_writer_that_waited_too_long_is_told_so(store, store_url):
    hasty = open_store(store_url, busy_seconds=1)
    with store.write():
        second = hasty.write()
        with pytest.raises(StoreError, match="another program") as refused:
            second.__enter__()
    assert refused.value.key == "busy"
    with hasty.write() as tx:  # and may try again
        meta.put(tx, "a", "1")
    hasty.close()


def test_a_reader_s_transaction_refuses_to_write(store):
    with store.read() as tx, pytest.raises(ValueError, match="only reads"):
        changes.begin(tx, "seed", "me", "", 1)


def test_a_row_cannot_point_at_nothing(store):
    row = {"submission_id": 99, "content": b""}
    with pytest.raises(sa.exc.IntegrityError), store.write() as tx:
        tx.connection.execute(sa.insert(submission_files).values(row))


def test_codes_sort_by_their_bytes_on_both_databases(store):
    codes = ["a", "B", "Đ", "ê", "Z"]
    with store.write() as tx:
        for code in codes:
            meta.put(tx, code, "x")
        found = tx.connection.execute(sa.select(meta.meta.c.key).order_by(meta.meta.c.key))
        assert found.scalars().all() == sorted(codes)


def test_the_folder_of_a_new_store_is_made(tmp_path):
    store = open_store(f"sqlite:///{tmp_path}/a/b/c.db")
    with store.write() as tx:
        assert tx.is_sqlite
    store.close()
    assert (tmp_path / "a" / "b" / "c.db").exists()


def test_a_sqlite_store_keeps_every_commit_through_a_power_cut(tmp_path):
    store = open_store(f"sqlite:///{tmp_path}/a.db")
    with store.read() as tx:
        pragma = {
            name: tx.connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        }
    store.close()
    full = 2
    assert pragma == {
        "journal_mode": "wal",
        "synchronous": full,
        "foreign_keys": 1,
        "busy_timeout": 30000,
    }


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("mysql://root@localhost/x", "mysql"),
        ("not an address", "no database address"),
        ("sqlite://", "names no file"),
        ("sqlite:///:memory:", "names no file"),
    ],
)
def test_an_address_that_cannot_be_used_is_refused_in_one_sentence(url, words):
    with pytest.raises(StoreError, match=words) as refused:
        open_store(url)
    assert refused.value.key == "bad_url"
    assert "\n" not in str(refused.value)


def test_a_connection_that_waits_keeps_a_readers_memory_whatever_it_wrote(tmp_path):
    store = open_store(f"sqlite:///{tmp_path / 'store.db'}")
    size = sa.text("PRAGMA cache_size")
    with store.read() as tx:
        reader = tx.connection.execute(size).scalar_one()
    with store.write() as tx:
        assert tx.connection.execute(size).scalar_one() < reader < 0  # KiB, as negative numbers
    with store.read() as tx:  # the same connection: the one that came back last goes first
        assert tx.connection.execute(size).scalar_one() == reader
    store.close()

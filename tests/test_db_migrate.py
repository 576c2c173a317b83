import subprocess
import sys
import threading
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from db import audit, migrate, tables, tables_figures, tables_people
from db.columns import metadata
from db.engine import StoreError, open_store

ROOT = Path(__file__).resolve().parents[1]


def test_the_migrations_make_exactly_the_tables_of_the_program(store):
    parts = tables.targets, tables_figures.observations, tables_people.audit
    assert {table.name for table in parts} <= set(metadata.tables)
    with store.read() as tx:
        context = MigrationContext.configure(tx.connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []


def test_the_list_of_revisions_is_that_of_the_folder():
    script = ScriptDirectory(migrate.FOLDER)
    revisions = [one.revision for one in script.walk_revisions()]
    assert tuple(reversed(revisions)) == migrate.REVISIONS


def test_a_new_store_is_migrated_once(bare_url):
    store = open_store(bare_url)
    assert migrate.revision(store) is None
    assert migrate.migrate(store) is True
    assert migrate.revision(store) == migrate.HEAD
    assert migrate.migrate(store) is False
    store.close()


def test_of_two_servers_that_start_at_once_both_start(bare_url):
    errors = []
    gate = threading.Barrier(2)

    def start():
        store = open_store(bare_url)
        gate.wait()
        try:
            migrate.migrate(store)
        except Exception as error:
            errors.append(error)
        finally:
            store.close()

    threads = [threading.Thread(target=start) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    store = open_store(bare_url)
    assert migrate.revision(store) == migrate.HEAD
    store.close()


def test_a_revision_that_fails_leaves_nothing_of_itself_behind(bare_url):
    store = open_store(bare_url)
    with store.write() as tx:  # revision 0004 will find its last table taken
        tx.connection.execute(sa.text("CREATE TABLE audit (x INTEGER)"))
    with pytest.raises((StoreError, sa.exc.DBAPIError), match="audit"):
        migrate.migrate(store)
    assert migrate.revision(store) == "0003"
    with store.read() as tx:
        tables = set(sa.inspect(tx.connection).get_table_names())
    assert "accounts" not in tables
    assert "observations" in tables
    with store.write() as tx:
        tx.connection.execute(sa.text("DROP TABLE audit"))
    assert migrate.migrate(store) is True
    assert migrate.revision(store) == migrate.HEAD
    store.close()


def test_a_store_of_a_newer_program_is_refused_in_one_sentence(store):
    with store.write() as tx:
        tx.connection.execute(sa.text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(StoreError, match="9999") as refused:
        migrate.migrate(store)
    assert refused.value.key == "too_new"


def test_a_server_that_is_not_there_is_told_in_one_sentence():
    store = open_store("postgresql://nobody@127.0.0.1:1/nothing")
    with pytest.raises(StoreError, match="cannot be used") as refused:
        migrate.migrate(store)
    assert refused.value.key == "unreachable"
    store.close()


def test_a_file_that_is_no_store_is_told_in_one_sentence(tmp_path):
    path = tmp_path / "notes.db"
    path.write_text("a letter, not a database, " * 50)
    store = open_store(f"sqlite:///{path}")
    with pytest.raises(StoreError, match="cannot be used"):
        migrate.migrate(store)
    store.close()


def test_an_everyday_start_does_not_load_the_migration_tool(migrated_file):
    code = (
        "import sys; from db.engine import open_store; from db.migrate import migrate;"
        f"print(migrate(open_store('sqlite:///{migrated_file}')), 'alembic' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == ["False", "False"]


@pytest.mark.parametrize("verb", ["UPDATE audit SET why = 'x'", "DELETE FROM audit"])
def test_the_database_itself_keeps_the_audit_as_it_is(store, verb):
    with store.write() as tx:
        audit.add(tx, 5, "A", "account.add", "account:1", new={"login": "a"}, came_from="shell")
    with pytest.raises(sa.exc.DBAPIError, match="only be added to"), store.write() as tx:
        tx.connection.execute(sa.text(verb))
    with store.read() as tx:
        (line,) = audit.listing(tx)
    assert (line.by, line.new, line.came_from) == ("A", '{"login": "a"}', "shell")

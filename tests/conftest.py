"""Stores for the tests: each test that asks for one runs on SQLite and on PostgreSQL."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from db.engine import Store, open_store
from db.migrate import migrate
from tests import postgres
from tests.browser import chromium
from tests.seeded import untouched, untouched_copy

__all__ = ["untouched", "untouched_copy"]

BOTH = [
    pytest.param("sqlite", id="sqlite"),
    pytest.param("postgres", id="postgres", marks=pytest.mark.postgres),
]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium for the tests of one file: beside a running one no test could start a loop."""
    with chromium() as running:
        yield running


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[postgres.Server]:
    """One server for all tests of this process; without binaries CI fails, others skip."""
    binaries = postgres.binaries()
    if binaries is None:
        reason = "no PostgreSQL server on this machine (Debian: apt-get install postgresql)"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    with postgres.server(binaries) as running:
        running.create(postgres.TEMPLATE, "template0")
        store = open_store(running.url(postgres.TEMPLATE))
        migrate(store)
        store.close()
        yield running


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite file to copy."""
    path = tmp_path_factory.mktemp("store") / "migrated.db"
    store = open_store(f"sqlite:///{path}")
    migrate(store)
    store.close()
    return path


@pytest.fixture(params=BOTH)
def store_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a new store at the newest schema, empty."""
    if request.param == "sqlite":
        path = tmp_path / "store.db"
        shutil.copy(request.getfixturevalue("migrated_file"), path)
        yield f"sqlite:///{path}"
        return
    server = request.getfixturevalue("postgres_server")
    with server.database(postgres.TEMPLATE) as url:
        yield url


@pytest.fixture
def store(store_url: str) -> Iterator[Store]:
    """A new store at the newest schema, empty."""
    opened = open_store(store_url)
    yield opened
    opened.close()


@pytest.fixture(params=BOTH)
def bare_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a store that nobody has made yet."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'new' / 'store.db'}"
        return
    with request.getfixturevalue("postgres_server").database() as url:
        yield url


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A walk in Chromium is tried again where it fails: a busy machine can outlast its waits.

    A fault of the page fails every time.
    """
    for item in items:
        if item.get_closest_marker("browser"):
            item.add_marker(pytest.mark.flaky(reruns=4, reruns_delay=2))

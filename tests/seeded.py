"""A seeded store that a whole file of tests may share: they only have things refused by it."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from db.engine import Store, open_store
from services.seeding import seed


@pytest.fixture(scope="module")
def untouched(migrated_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """SQLite, with the register and what was published."""
    path = tmp_path_factory.mktemp("seeded") / "store.db"
    shutil.copy(migrated_file, path)
    store = open_store(f"sqlite:///{path}")
    seed(store, 1_795_000_000_000_000)
    yield store
    store.close()


@pytest.fixture
def untouched_copy(untouched: Store, tmp_path: Path) -> Iterator[Store]:
    """SQLite, seeded, for one test alone."""
    path = tmp_path / "seeded.db"
    with (
        closing(sqlite3.connect(untouched.path or "")) as source,
        closing(sqlite3.connect(path)) as copy,
    ):
        source.backup(copy)
    store = open_store(f"sqlite:///{path}")
    yield store
    store.close()

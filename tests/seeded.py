"""A seeded store that a whole file of tests may share: they only have things refused by it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
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

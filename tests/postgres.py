"""A PostgreSQL server of the tests' own: in a temporary folder, on a free port, gone afterwards."""

from __future__ import annotations

import itertools
import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from psycopg import sql

TEMPLATE = "migrated"
_numbers = itertools.count(1)


def binaries() -> Path | None:
    """The folder with initdb and pg_ctl: Debian's newest, else the one on the path."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=_version)
    if found:
        return found[-1]
    on_path = shutil.which("initdb")
    return Path(on_path).resolve().parent if on_path else None


def _version(folder: Path) -> float:
    try:
        return float(folder.parent.name)
    except ValueError:
        return 0.0


class Server:
    """A running server; ``database`` makes and drops databases in it."""

    def __init__(self, folder: Path, port: int) -> None:
        self.folder = folder
        self.port = port

    def url(self, name: str) -> str:
        """The address of a database, as DATABASE_URL has it."""
        return f"postgresql://test@127.0.0.1:{self.port}/{name}"

    @contextmanager
    def database(self, template: str = "template0") -> Iterator[str]:
        """The address of a new database, copied from a template, dropped at the end."""
        name = f"t{next(_numbers)}"
        self.create(name, template)
        try:
            yield self.url(name)
        finally:
            self._order("DROP DATABASE {} WITH (FORCE)", name)

    def create(self, name: str, template: str) -> None:
        """Make a database from a template."""
        self._order("CREATE DATABASE {} TEMPLATE {}", name, template)

    def _order(self, text: str, *names: str) -> None:
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(sql.SQL(text).format(*map(sql.Identifier, names)))


@contextmanager
def server(folder_of_binaries: Path) -> Iterator[Server]:
    """A server that runs as the database's own user, because root may not run one."""
    folder = Path(tempfile.mkdtemp(prefix="pgtest."))
    as_owner = {"cwd": folder, "check": True, "stdout": subprocess.DEVNULL}
    if os.getuid() == 0:
        shutil.chown(folder, "postgres", "postgres")
        as_owner |= {"user": "postgres", "group": "postgres", "extra_groups": []}
        as_owner["env"] = {**os.environ, "HOME": str(folder)}
    data = folder / "data"

    def run(program: str, *words: str) -> None:
        subprocess.run([folder_of_binaries / program, *words], **as_owner)

    try:
        locale = ("-E", "UTF8", "--locale=C.UTF-8")
        run("initdb", "-D", str(data), "-U", "test", "-A", "trust", *locale, "--no-sync")
        port = _free_port()
        quick = "-c fsync=off -c full_page_writes=off -c synchronous_commit=off"
        options = f"-p {port} -k {folder} -c listen_addresses=127.0.0.1 {quick}"
        run("pg_ctl", "-D", str(data), "-w", "-l", str(folder / "log"), "-o", options, "start")
        yield Server(folder, port)
    finally:
        stop = [folder_of_binaries / "pg_ctl", "-D", str(data), "-m", "immediate", "stop"]
        subprocess.run(stop, **{**as_owner, "check": False, "stderr": subprocess.DEVNULL})
        shutil.rmtree(folder, ignore_errors=True)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])

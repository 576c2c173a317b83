"""A real server over a fresh store, for tests that ask it from outside."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

ROOT = Path(__file__).resolve().parents[1]
START_SECONDS = 90


@dataclass(frozen=True, slots=True)
class Server:
    """A running server: where it answers, the store it uses, what it wrote to its log."""

    port: int
    database: str
    log: Path

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"


def free_port() -> int:
    """A port of the loopback interface that nothing listens on."""
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        port: int = sock.getsockname()[1]
        return port


def command(port: int, *options: str) -> list[str]:
    """The plain way to start the server, on a port."""
    start = [sys.executable, "-m", "streamlit", "run", str(ROOT / "app.py")]
    return [*start, "--server.port", str(port), *options]


def by_uvicorn(port: int, host: str) -> list[str]:
    """The server started by uvicorn itself, which asks nobody where to listen."""
    start = [sys.executable, "-m", "uvicorn", "app:app", "--app-dir", str(ROOT)]
    return [*start, "--host", host, "--port", str(port)]


def environment(database: str) -> dict[str, str]:
    """This process's environment, without what would change how the server is started."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("STREAMLIT_")}
    return {**kept, "DATABASE_URL": database}


@contextmanager
def serving(
    folder: Path, *options: str, uvicorn_host: str = "", settings: dict[str, str] | None = None
) -> Iterator[Server]:
    """A server in a process of its own, ready to be asked; ended by its id when the block ends.

    settings: variables of its environment beside the store's address.
    """
    port = free_port()
    database = f"sqlite:///{folder / 'store.db'}"
    log = folder / f"server-{port}.log"
    start = by_uvicorn(port, uvicorn_host) if uvicorn_host else command(port, *options)
    with log.open("wb") as output:
        process = subprocess.Popen(
            start,
            cwd=ROOT if uvicorn_host else folder,
            env={**environment(database), **(settings or {})},
            stdout=output,
            stderr=subprocess.STDOUT,
        )
        try:
            _wait_until_healthy(process, port, log)
            yield Server(port, database, log)
        finally:
            process.terminate()
            try:
                process.wait(15)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait(15)


def _wait_until_healthy(process: subprocess.Popen[bytes], port: int, log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise RuntimeError(f"the server ended: {log.read_text(errors='replace')[-2000:]}")
        try:
            if httpx.get(f"http://127.0.0.1:{port}/healthz", timeout=5).status_code == 200:
                return
        except httpx.TransportError:
            time.sleep(0.1)
    raise TimeoutError(f"no server after {START_SECONDS} s: {log.read_text(errors='replace')}")

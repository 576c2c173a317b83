"""A server with accounts and with what one person must not see of another, asked byte by byte."""

from __future__ import annotations

import io
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from openpyxl import Workbook

from api.signin import now
from services import access, accounts, drafts, scenario_saves, signin, submissions
from services.access import Actor
from services.seeding import seed
from services.store import Store, data_version, open_ready
from services.submissions import Figure, File, Given
from tests.people import ADMIN, AGENCY_B, NOW, PASSWORD, add_people
from tests.server import Server, serving


@dataclass(frozen=True)
class World:
    """A running server, its store, and what belongs to officer B and to the planner."""

    server: Server
    store: Store
    draft: str
    submission: int
    scenario: str


@contextmanager
def world_of(folder: Path) -> Iterator[World]:
    """The server with its store in a folder."""
    store = open_ready(f"sqlite:///{folder / 'store.db'}")
    seed(store, NOW)
    add_people(store)
    numbers = {one.login: one.id for one in accounts.listing(store, ADMIN, NOW)}
    other = Actor(
        "Người canbo.b", access.ROLES["officer"], agency=AGENCY_B, account=numbers["canbo.b"]
    )
    draft = drafts.begin(store, other, File("bi-mat.xlsx", _workbook()), now())
    handed = submissions.commit(
        store,
        Actor(
            "Người tonghop",
            access.ROLES["consolidator"],
            agency=AGENCY_B,
            account=numbers["tonghop"],
        ),
        [Figure("DL-03", "", "2026-H1", 7.0, "estimate", "nguồn bí mật")],
        kind="upload",
        expected=None,
        given=Given(file=File("bi-mat.xlsx", b"PK bi mat")),
        now=NOW + 1,
    )
    planner = Actor("Người kehoach", access.ROLES["planner"], account=numbers["kehoach"])
    document = {"scenario": 1, "name": "kịch bản riêng", "note": "bí mật", "targets": {
        "DL-01": {"shape": {"kind": "growth", "pct": 5}}}}  # fmt: skip
    basis = scenario_saves.Basis(NOW, data_version(store, NOW))
    saved = scenario_saves.save(store, planner, document, basis, now=NOW + 2)
    assert not isinstance(saved, list)
    with serving(folder) as server:
        yield World(server, store, draft, handed.submission, saved.key)
    store.close()


def _workbook() -> bytes:
    book, out = Workbook(), io.BytesIO()
    book.active.append(["bí mật"])
    book.save(out)
    return out.getvalue()


def asked(server: Server, line: bytes, *headers: bytes, body: bytes = b"") -> tuple[int, bytes]:
    """Status and answer of a request whose bytes no client has tidied up."""
    sent = b"\r\n".join(
        [line + b" HTTP/1.1", b"host: 127.0.0.1:%d" % server.port, b"connection: close", *headers]
    )
    with socket.create_connection(("127.0.0.1", server.port), timeout=20) as connection:
        connection.sendall(sent + b"\r\n\r\n" + body)
        answer = b""
        while part := connection.recv(65_536):
            answer += part
    return int(answer.split(b" ", 2)[1]), answer


def cookie(world: World, login: str) -> str:
    done = signin.sign_in(world.store, login, PASSWORD, address="t", browser="t", now=now())
    assert isinstance(done, signin.Opened)
    return done.cookie


def with_cookie(text: str) -> dict[str, str]:
    return {"cookie": f"chitieu_session={text}"}

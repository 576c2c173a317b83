"""What app.py mounts: routes, middleware and the life of the one process that serves all."""

from __future__ import annotations

import gc
import socket
import time
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager

from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send

import settings
from i18n.words import words
from services import access, oidc_accounts, startup

from .doors import is_loopback, the_door
from .frame import Frame
from .gate import Gate


class Life:
    """Start and end of the server, and the one sentence why a start failed.

    address: asked at the start for the address that the server was told to listen on.
    """

    def __init__(self, address: Callable[[], str | None]) -> None:
        self.address = address
        self.refusal = ""

    @asynccontextmanager
    async def span(self, _app: object) -> AsyncIterator[None]:
        """What happens before the first request: refuse an open address, migrate, warm up."""
        try:
            self._refuse_an_open_address()
            refuse_unknown_roles()
            await run_in_threadpool(startup.ready, _now())
        except startup.NotReady as error:
            self.refusal = str(error)
            raise
        answer_at_once()
        _warm_up()
        yield

    def middleware(self, early: Iterable[str] = ()) -> list[Middleware]:
        """The layers around the app, outermost first; ``early`` as in ``Frame``."""
        return [
            Middleware(PlainFailure, life=self),
            Middleware(Frame, early=tuple(early)),
            Middleware(Gate, door=the_door),
        ]

    def _refuse_an_open_address(self) -> None:
        if not is_loopback(self.address() or "") and not startup.has_accounts():
            raise startup.NotReady(words(settings.read().language)("door.open_address"))


def refuse_unknown_roles() -> None:
    """Say at the start that a role of OIDC_ROLES does not exist: later nobody could come in.

    Raises:
        NotReady: with the sentence.
    """
    given = settings.read()
    unknown = oidc_accounts.unknown_roles(given.oidc) if given.oidc else []
    if unknown:
        said = words(given.language)(
            "door.unknown_roles", roles=", ".join(unknown), known=", ".join(access.ROLES)
        )
        raise startup.NotReady(said)


class PlainFailure:
    """ASGI middleware: a start that fails for a known reason says only its sentence."""

    def __init__(self, app: ASGIApp, life: Life) -> None:
        self.app = app
        self.life = life

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on; put the sentence in the place of a traceback."""

        async def told(message: Message) -> None:
            if message["type"] == "lifespan.startup.failed" and self.life.refusal:
                message = {**message, "message": self.life.refusal}
            await send(message)

        await self.app(scope, receive, told)


def answer_at_once() -> int:
    """Let no answer wait for the other side to confirm its first part; how many sockets listen.

    Streamlit makes its socket in a way that asyncio does not take for TCP, so that it leaves
    Nagle's algorithm on: every further answer on a connection then takes 40 ms longer. Linux
    hands the option on from a listening socket to what it accepts.
    """
    listening = [
        one
        for one in gc.get_objects()
        if issubclass(type(one), socket.socket)  # asks a proxy object nothing
        and one.fileno() >= 0
        and one.family in (socket.AF_INET, socket.AF_INET6)
        and one.getsockopt(socket.SOL_SOCKET, socket.SO_ACCEPTCONN)
    ]
    for one in listening:
        one.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return len(listening)


def _warm_up() -> None:
    """Do what the first visitor would wait for, and take it out of the garbage collector.

    Streamlit collects garbage after every run of a page: with these modules imported that costs
    more than a whole page, unless what exists now is frozen. pandas, pyarrow and openpyxl are
    left out: no page needs them to be shown, and a start is half as long without.
    """
    from charts import detail, interactive
    from services import chosen, handin, overview, targets, uploads
    from services.store import present

    del detail, interactive, handin, targets, uploads
    store = startup.the_store()
    overview.overview(store, present(store, _now()), chosen.assessment(), settings.read().language)
    gc.collect()
    gc.freeze()


def _now() -> int:
    """The clock, in microseconds since 1970 (UTC)."""
    return time.time_ns() // 1000

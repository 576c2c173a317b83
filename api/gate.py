"""The gate in front of everything: pages, websockets, uploads, media, downloads, our routes."""

from __future__ import annotations

from starlette.concurrency import run_in_threadpool
from starlette.requests import HTTPConnection
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

import settings
from i18n.words import words
from services.access import LOCAL

from .doors import Door, Elsewhere, Entry, Refusal, own_site_only

UPLOADS = "/_stcore/upload_file/"
MEGABYTE = 1024 * 1024
# Streamlit takes 64 MB, so that our own answer to a file above 10 MB is the one people read.
UPLOAD_LIMIT = 66 * MEGABYTE
BODY_LIMIT = 12 * MEGABYTE
TOO_LARGE = Refusal(413, "door.too_large")
ACTOR, SESSION = "app.actor", "app.session"
_OWN_HEADERS = b"x-app-"
_CLOSE_CODE = 4403


class _TooLarge(Exception):
    """More came than was allowed."""


class Gate:
    """Plain ASGI middleware that asks a door about each request and each websocket.

    Headers that begin with x-app- carry the session from the gate to the pages: whatever comes
    with such a name from outside is dropped. Our own routes find the actor in the scope.
    """

    def __init__(self, app: ASGIApp, door: Door) -> None:
        self.app = app
        self.door = door

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let in, or answer with one sentence."""
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return
        scope = {**scope, "headers": _without_own(scope["headers"])}
        connection = HTTPConnection(scope)
        entered = await run_in_threadpool(self.door, connection) or Entry(LOCAL)
        if isinstance(entered, Entry):
            stop: Refusal | Elsewhere | None = own_site_only(connection)
        else:
            stop, entered = entered, Entry(None)
        if stop:
            await _refuse(stop, scope, receive, send)
            return
        scope = _with(entered, scope)
        if scope["type"] == "websocket":
            await self.app(scope, receive, send)
        else:
            await self._within_limit(scope, receive, send)

    async def _within_limit(self, scope: Scope, receive: Receive, send: Send) -> None:
        limit = UPLOAD_LIMIT if scope["path"].startswith(UPLOADS) else BODY_LIMIT
        if _declared_length(scope) > limit:
            await _refuse(TOO_LARGE, scope, receive, send)
            return
        seen, answered = 0, False

        async def counted() -> Message:
            nonlocal seen
            message = await receive()
            seen += len(message.get("body", b""))
            if seen > limit:
                raise _TooLarge
            return message

        async def noted(message: Message) -> None:
            nonlocal answered
            answered = True
            await send(message)

        try:
            await self.app(scope, counted, noted)
        except _TooLarge:
            if not answered:
                await _refuse(TOO_LARGE, scope, receive, send)


def _with(entered: Entry, scope: Scope) -> Scope:
    """The scope as the pages and our routes get it."""
    own = []
    if entered.actor and entered.session:
        who = str(entered.actor.account).encode()
        own = [(b"x-app-user", who), (b"x-app-session", entered.session.encode())]
    return {
        **scope,
        "headers": [*scope["headers"], *own],
        ACTOR: entered.actor,
        SESSION: entered.session,
    }


def _without_own(headers: list[tuple[bytes, bytes]]) -> list[tuple[bytes, bytes]]:
    return [pair for pair in headers if not pair[0].lower().startswith(_OWN_HEADERS)]


def _declared_length(scope: Scope) -> int:
    text = HTTPConnection(scope).headers.get("content-length", "0")
    return int(text) if text.isdecimal() else 0


async def _refuse(answer: Refusal | Elsewhere, scope: Scope, receive: Receive, send: Send) -> None:
    if scope["type"] == "websocket":
        await receive()  # the connect message has to be taken before the close
        await send({"type": "websocket.close", "code": _CLOSE_CODE})
        return
    response: Response
    if isinstance(answer, Elsewhere):
        response = RedirectResponse(answer.to, 303, {"cache-control": "no-store"})
    else:
        sentence = words(settings.read().language)(answer.key)
        headers = {"connection": "close", "cache-control": "no-store"}
        response = PlainTextResponse(sentence, answer.status, headers)
    await response(scope, receive, send)

"""The page around the pages: language and title of index.html, our style and script, headers."""

from __future__ import annotations

import base64
import hashlib
import re
from functools import lru_cache
from html import escape
from pathlib import Path
from urllib.parse import parse_qs

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

import settings
from i18n.words import words

ASSETS = Path(__file__).resolve().parents[1] / "static"
LANGUAGES = ("vi", "en")

_UNMODIFIED = {b"accept-encoding", b"if-none-match", b"if-modified-since", b"range"}
_INLINE_SCRIPT = re.compile(rb"<script>(.*?)</script>", re.DOTALL)
_PLAIN_HOST = re.compile(r"[A-Za-z0-9.:\[\]-]{1,255}")
_FILES = ("/media/", "/download/")
_NO_PAGES = (*_FILES, "/_stcore/", "/static/", "/component/", "/assets/", "/api/")

ALWAYS = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}
FILE_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox"


class Frame:
    """ASGI middleware: security headers on every answer, our words in Streamlit's index.html."""

    def __init__(self, app: ASGIApp, early: tuple[str, ...] = ()) -> None:
        """Around an app; ``early`` are scripts that every page needs, to be loaded at once."""
        self.app = app
        self.early = early

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on; change the answer on its way out."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        if may_be_a_page(scope):
            kept = [pair for pair in scope["headers"] if pair[0].lower() not in _UNMODIFIED]
            scope = {**scope, "headers": kept}
        await self.app(scope, receive, _Answer(scope, send, self.early))


class _Answer:
    """The sending half of one exchange; holds the body back where it is Streamlit's index."""

    def __init__(self, scope: Scope, send: Send, early: tuple[str, ...]) -> None:
        self.scope, self.send, self.early = scope, send, early
        self.start: Message | None = None
        self.body = b""

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(raw=message.setdefault("headers", []))
            for name, value in ALWAYS.items():
                headers.setdefault(name, value)
            if _is_html(headers) and message["status"] == 200 and may_be_a_page(self.scope):
                self.start = message  # held back: the length is not known yet
                return
            headers.setdefault("content-security-policy", self._policy())
            await self.send(message)
        elif self.start is not None and message["type"] == "http.response.body":
            self.body += message.get("body", b"")
            if not message.get("more_body"):
                await self._send_page(self.start)
        else:
            await self.send(message)

    def _policy(self) -> str:
        if self.scope["path"].startswith(_FILES):
            return FILE_POLICY
        return "frame-ancestors 'none'"

    async def _send_page(self, start: Message) -> None:
        headers = MutableHeaders(raw=start["headers"])
        page = self.body
        if b"<title>Streamlit</title>" in page:
            page = rewritten(page, _language(self.scope), self.early)
            for name in ("etag", "last-modified", "accept-ranges"):
                del headers[name]
        headers["content-length"] = str(len(page))
        host = Headers(scope=self.scope).get("host", "")
        headers.setdefault("content-security-policy", policy(page, host))
        self.start = None
        await self.send(start)
        await self.send({"type": "http.response.body", "body": page})


def policy(page: bytes, host: str) -> str:
    """What a page may load: our own files, the scripts written in it by their hash, data images.

    host: the Host header; older browsers do not count the websocket as "self".
    """
    scripts = "".join(
        f" 'sha256-{base64.b64encode(hashlib.sha256(text).digest()).decode()}'"
        for text in _INLINE_SCRIPT.findall(page)
    )
    sockets = f" ws://{host} wss://{host}" if _PLAIN_HOST.fullmatch(host) else ""
    return (
        f"default-src 'self'; script-src 'self'{scripts}; style-src 'self' 'unsafe-inline'; "
        f"img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'{sockets}; "
        "worker-src 'self' blob:; object-src 'none'; base-uri 'none'; form-action 'self'; "
        "frame-ancestors 'none'"
    )


@lru_cache(maxsize=4)
def rewritten(page: bytes, lang: str, early: tuple[str, ...] = ()) -> bytes:
    """Streamlit's index.html in a language, with our title, icon, style sheet and scripts."""
    _ = words(lang)
    title = escape(_("frame.title")).encode()
    version = assets_version()
    script = f'<script src="./assets/frame.js?v={version}" defer></script>'.encode()
    preload = "".join(
        f'<link rel="modulepreload" crossorigin href="./static/js/{escape(name)}">'
        for name in early
    )
    style = f'<link rel="stylesheet" href="./assets/app.css?v={version}">{preload}</head>'.encode()
    icon = f'<link rel="icon" type="image/svg+xml" href="./assets/icon.svg?v={version}" />'.encode()
    page = page.replace(b'<html lang="en">', f'<html lang="{lang}">'.encode(), 1)
    title = b"<title>" + title + b"</title>"  # our script runs before Streamlit's
    page = page.replace(b"<title>Streamlit</title>", title + script, 1)
    page = re.sub(rb'<link rel="shortcut icon"[^>]*>', icon, page, count=1)
    page = re.sub(rb"<!--\s*Machine-readable.*?-->\s*<link[^>]*>", b"", page, flags=re.DOTALL)
    says = f"<noscript><p>{escape(_('frame.needs_javascript'))}</p></noscript>".encode()
    page = re.sub(rb"<noscript>.*?</noscript>", says, page, count=1, flags=re.DOTALL)
    return page.replace(b"</head>", style, 1)


@lru_cache(maxsize=1)
def assets_version() -> str:
    """A short name of what lies in static/ now: the files may be kept for ever under it."""
    digest = hashlib.sha256()
    for path in sorted(ASSETS.rglob("*")):
        if path.is_file():
            digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def _language(scope: Scope) -> str:
    asked = parse_qs(scope.get("query_string", b"").decode("latin-1")).get("lang", [""])[0]
    return asked if asked in LANGUAGES else settings.read().language


def may_be_a_page(scope: Scope) -> bool:
    """Whether a request asks for a page: no file, and none of our routes that give none."""
    path = scope["path"]
    return (
        scope["method"] == "GET"
        and "." not in path.rpartition("/")[2]
        and not path.startswith(_NO_PAGES)
    )


def _is_html(headers: MutableHeaders) -> bool:
    return headers.get("content-type", "").startswith("text/html")

"""Who may come in, asked of the doors and of the gate themselves."""

from __future__ import annotations

import asyncio

import pytest
from starlette.requests import HTTPConnection

from api import gate
from api.doors import FROM_ELSEWHERE, OTHER_SITE, is_loopback, loopback_only, own_site_only


def asked(
    headers: dict[str, str] | None = None,
    *,
    client: str = "127.0.0.1",
    server: str = "127.0.0.1",
    method: str = "GET",
    kind: str = "http",
) -> HTTPConnection:
    """A connection as uvicorn describes it."""
    given = {"host": "127.0.0.1:8501", **(headers or {})}
    raw = [(name.encode(), value.encode()) for name, value in given.items()]
    scope = {
        "type": kind, "method": method, "path": "/", "headers": raw,
        "client": (client, 50_000), "server": (server, 8501),
    }  # fmt: skip
    return HTTPConnection(scope)


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1", "127.8.9.1", "::1", "localhost", "LOCALHOST", "localhost.", "::ffff:127.0.0.1"],
)
def test_these_are_this_machine(host):
    assert is_loopback(host)


@pytest.mark.parametrize(
    "host",
    ["", "0.0.0.0", "::", "10.0.0.5", "192.168.1.4", "::ffff:10.0.0.5", "localhost.evil.example",
     "127.0.0.1.evil.example", "evil.example", "2130706433"],
)  # fmt: skip
def test_these_are_not_this_machine(host):
    assert not is_loopback(host)


@pytest.mark.parametrize("host", ["127.0.0.1:8501", "localhost:8501", "[::1]:8501", "localhost"])
@pytest.mark.parametrize("kind", ["http", "websocket"])
def test_the_person_at_this_machine_comes_in(host, kind):
    assert loopback_only(asked({"host": host}, kind=kind)) is None


@pytest.mark.parametrize("kind", ["http", "websocket"])
@pytest.mark.parametrize(
    "changed",
    [
        {"client": "192.168.1.7"},
        {"server": "192.168.1.4"},
        {"headers": {"host": "evil.example:8501"}},
        {"headers": {"host": "127.0.0.1.evil.example"}},
        {"headers": {"host": ""}},
        {"headers": {"host": "[::1"}},
        {"headers": {"x-forwarded-for": "127.0.0.1"}},
        {"headers": {"forwarded": "for=127.0.0.1"}},
        {"headers": {"x-real-ip": "127.0.0.1"}},
        {"headers": {"x-forwarded-host": "localhost"}},
        {"headers": {"x-forwarded-proto": "https"}},
    ],
)
def test_anybody_else_stays_out(changed, kind):
    assert loopback_only(asked(**{"kind": kind, **changed})) == FROM_ELSEWHERE


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
def test_another_site_may_not_send_anything(method):
    evil = {"origin": "http://evil.example"}
    own = {"origin": "http://127.0.0.1:8501"}
    assert own_site_only(asked(evil, method=method)) == OTHER_SITE
    assert own_site_only(asked({"sec-fetch-site": "cross-site"}, method=method)) == OTHER_SITE
    assert own_site_only(asked({"sec-fetch-site": "same-site"}, method=method)) == OTHER_SITE
    assert own_site_only(asked(own, method=method)) is None
    assert own_site_only(asked({"sec-fetch-site": "same-origin"}, method=method)) is None
    assert own_site_only(asked(method=method)) is None  # no browser: nobody's name is used


def test_another_site_may_link_to_a_page_but_not_open_its_websocket():
    evil = {"origin": "http://evil.example"}
    assert own_site_only(asked(evil)) is None
    assert own_site_only(asked(evil, kind="websocket")) == OTHER_SITE


def test_a_port_more_is_another_site():
    other = {"origin": "http://127.0.0.1:8502"}
    assert own_site_only(asked(other, method="POST")) == OTHER_SITE


class Inside:
    """An app that reads all it is sent and remembers the headers it saw."""

    def __init__(self) -> None:
        self.headers: list[tuple[bytes, bytes]] = []
        self.body = 0

    async def __call__(self, scope, receive, send) -> None:
        self.headers = scope["headers"]
        more = True
        while more:
            message = await receive()
            self.body += len(message.get("body", b""))
            more = message.get("more_body", False)
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b"in"})


def through(inside, parts, *, headers=None, path="/", door=lambda _connection: None):
    """Status and body of what a gate answers to a request sent in parts."""
    scope = dict(asked(headers, method="POST").scope, path=path)
    queue = [
        {"type": "http.request", "body": part, "more_body": place < len(parts) - 1}
        for place, part in enumerate(parts)
    ]
    sent = []

    async def receive():
        return queue.pop(0)

    async def send(message):
        sent.append(message)

    asyncio.run(gate.Gate(inside, door)(scope, receive, send))
    return sent[0]["status"], b"".join(message.get("body", b"") for message in sent[1:]).decode()


def test_account_headers_from_outside_are_dropped():
    inside = Inside()
    status, _ = through(inside, [b""], headers={"x-app-user": "admin", "X-App-Role": "all"})
    assert status == 200
    assert [name for name, _ in inside.headers] == [b"host"]


def test_a_refusal_is_one_vietnamese_sentence_and_nothing_gets_inside():
    inside = Inside()
    status, text = through(inside, [b"x"], door=lambda _connection: FROM_ELSEWHERE)
    assert (status, inside.body) == (403, 0)
    assert text.startswith("Chương trình chưa có tài khoản nào")


def test_a_body_that_grows_too_large_is_cut_off(monkeypatch):
    monkeypatch.setattr(gate, "BODY_LIMIT", 10)
    inside = Inside()
    status, text = through(inside, [b"x" * 6, b"x" * 6, b"x" * 6])
    assert (status, inside.body) == (413, 6)
    assert "quá lớn" in text
    assert through(Inside(), [b"x" * 10])[0] == 200


def test_a_body_that_says_it_is_too_large_is_not_read(monkeypatch):
    monkeypatch.setattr(gate, "BODY_LIMIT", 10)
    inside = Inside()
    status, _ = through(inside, [b"x"], headers={"content-length": "11"})
    assert (status, inside.body) == (413, 0)


def test_uploads_may_be_larger_than_anything_else(monkeypatch):
    monkeypatch.setattr(gate, "BODY_LIMIT", 10)
    monkeypatch.setattr(gate, "UPLOAD_LIMIT", 20)
    path = "/_stcore/upload_file/session/file"
    assert through(Inside(), [b"x" * 15], path=path)[0] == 200
    assert through(Inside(), [b"x" * 21], path=path)[0] == 413


def test_our_limit_for_uploads_lies_above_what_streamlit_takes():
    """Else our own answer to a file above 10 MB would never be seen."""
    assert gate.UPLOAD_LIMIT > 64 * gate.MEGABYTE

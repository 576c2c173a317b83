"""An OpenID Connect provider for tests: a server of its own that can be told to lie."""

from __future__ import annotations

import base64
import hashlib
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

import uvicorn
from joserfc import jwt
from joserfc.jwk import OctKey, RSAKey
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from tests.server import free_port

CLIENT, SECRET = "chi-tieu", "mật khẩu của ứng dụng/+="


@dataclass
class Provider:
    """claims: what it says of whoever signs in. lies: claims that it puts in their place.

    key: "own", "other" (nobody knows it), "none" (unsigned) or "secret" (ours, HS256).
    user_info: what its other endpoint says, None for no such endpoint.
    more_keys: what it publishes beside its own keys. leaves: whether one can sign out there;
    left: what it was asked then. broken: "" or how it answers whatever it is asked.
    """

    port: int
    claims: dict[str, Any] = field(default_factory=dict)
    lies: dict[str, Any] = field(default_factory=dict)
    key: str = "own"
    refuses: bool = False
    user_info: dict[str, Any] | None = None
    asked: list[dict[str, str]] = field(default_factory=list)
    codes: dict[str, dict[str, str]] = field(default_factory=dict)
    more_keys: list[object] = field(default_factory=list)
    leaves: bool = False
    left: list[dict[str, str]] = field(default_factory=list)
    broken: str = ""
    key_id: str = "k1"

    def __post_init__(self) -> None:
        self.own = RSAKey.generate_key(2048, {"kid": "k1"}, private=True)
        self.other = RSAKey.generate_key(2048, {"kid": "k1"}, private=True)

    @property
    def issuer(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def behave(self, **claims: Any) -> None:
        """Tell the truth again, of somebody with these claims."""
        self.claims, self.lies, self.key, self.refuses = claims, {}, "own", False
        self.user_info = None
        self.more_keys, self.leaves, self.broken = [], False, ""

    def rotate(self) -> None:
        """Sign with a new key from now on; the former one is no longer published."""
        self.key_id += "'"
        self.own = RSAKey.generate_key(2048, {"kid": self.key_id}, private=True)

    def routes(self) -> list[Route]:
        return [
            Route("/.well-known/openid-configuration", self.configuration),
            Route("/authorize", self.authorize),
            Route("/token", self.token, methods=["POST"]),
            Route("/keys", self.keys),
            Route("/me", self.me),
            Route("/leave", self.leave),
        ]

    async def leave(self, request: Request) -> RedirectResponse:
        asked = dict(request.query_params)
        self.left.append(asked)
        back = urlencode({"state": asked["state"]})
        return RedirectResponse(f"{asked['post_logout_redirect_uri']}?{back}", 302)

    async def configuration(self, _request: Request) -> Response:
        if self.broken:
            return _BROKEN[self.broken]()
        said = {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "jwks_uri": f"{self.issuer}/keys",
        }
        if self.user_info is not None:
            said["userinfo_endpoint"] = f"{self.issuer}/me"
        if self.leaves:
            said["end_session_endpoint"] = f"{self.issuer}/leave?from=us"
        return JSONResponse(said)

    async def authorize(self, request: Request) -> RedirectResponse:
        asked = dict(request.query_params)
        self.asked.append(asked)
        code = f"code-{len(self.asked)}"
        self.codes[code] = asked
        back = {"state": asked["state"], "code": code}
        if self.refuses:
            back = {"state": asked["state"], "error": "access_denied"}
        return RedirectResponse(f"{asked['redirect_uri']}?{urlencode(back)}", 302)

    async def token(self, request: Request) -> JSONResponse:
        form = dict(await request.form())
        asked = self.codes.pop(str(form.get("code")), None)
        if asked is None or not self._proves(request, form, asked):
            return JSONResponse({"error": "invalid_grant"}, 400)
        now = int(time.time())
        claims = {
            "iss": self.issuer, "aud": CLIENT, "nonce": asked["nonce"], "iat": now,
            "exp": now + 300, "sub": "nguoi-1", **self.claims, **self.lies,
        }  # fmt: skip
        claims = {name: value for name, value in claims.items() if value is not None}
        return JSONResponse(
            {"access_token": "at", "token_type": "Bearer", "id_token": self._signed(claims)}
        )

    def _proves(self, request: Request, form: dict[str, Any], asked: dict[str, str]) -> bool:
        """Client secret, PKCE and the address of the first step."""
        from urllib.parse import unquote

        kind, _, value = request.headers.get("authorization", "").partition(" ")
        name, _, secret = base64.b64decode(value).decode().partition(":")
        digest = hashlib.sha256(str(form.get("code_verifier", "")).encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
        return (
            (kind, unquote(name), unquote(secret)) == ("Basic", CLIENT, SECRET)
            and asked.get("code_challenge_method") == "S256"
            and asked.get("code_challenge") == challenge
            and asked["redirect_uri"] == form.get("redirect_uri")
        )

    def _signed(self, claims: dict[str, Any]) -> str:
        if self.key == "secret":
            return jwt.encode({"alg": "HS256"}, claims, OctKey.import_key(SECRET))
        key = self.other if self.key == "other" else self.own
        made = jwt.encode({"alg": "RS256", "kid": key.kid}, claims, key)
        if self.key == "none":
            head = base64.urlsafe_b64encode(b'{"alg":"none"}').rstrip(b"=").decode()
            return f"{head}.{made.split('.')[1]}."
        return made

    async def keys(self, _request: Request) -> JSONResponse:
        return JSONResponse({"keys": [*self.more_keys, self.own.as_dict(private=False)]})

    async def me(self, request: Request) -> JSONResponse:
        if request.headers.get("authorization") != "Bearer at":
            return JSONResponse({"error": "invalid_token"}, 401)
        return JSONResponse(self.user_info or {})


_BROKEN = {
    "page": lambda: Response("<html>bảo trì</html>", media_type="text/html"),
    "error": lambda: Response("", 503),
    "refusal": lambda: JSONResponse({"error": "x"}, 404),
    "list": lambda: JSONResponse([1]),
    "no addresses": lambda: JSONResponse({}),
    "numbers": lambda: JSONResponse({"issuer": 1, "token_endpoint": 2}),
    "elsewhere": lambda: RedirectResponse("https://evil.example/", 302),
}


@contextmanager
def providing() -> Iterator[Provider]:
    """A provider in a thread of this process, ended when the block ends."""
    provider = Provider(free_port())
    app = Starlette(routes=provider.routes())
    server = uvicorn.Server(
        uvicorn.Config(app, host="127.0.0.1", port=provider.port, log_level="error", ws="none")
    )
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    try:
        yield provider
    finally:
        server.should_exit = True
        thread.join(10)

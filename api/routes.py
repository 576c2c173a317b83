"""Our own addresses beside the pages: health, assets, downloads, and a 404 for the rest."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from services import startup

from . import downloads, signin
from .frame import ASSETS

_A_YEAR = 31_536_000


class _Assets(StaticFiles):
    """Files of static/, kept by browsers as long as their address names the same version."""

    async def get_response(self, path: str, scope: Scope):  # type: ignore[no-untyped-def]
        """The file, with how long it may be kept."""
        response = await super().get_response(path, scope)
        versioned = scope.get("query_string", b"").startswith(b"v=")
        kept = f"public, max-age={_A_YEAR}, immutable" if versioned else "no-cache"
        response.headers["cache-control"] = kept
        return response


def healthz(_request: Request) -> JSONResponse:
    """Whether the store answers and has the schema that this program knows; 503 where not."""
    state = startup.state()
    body = {
        "status": "ok" if state.ready else "failing",
        "store": {"schema": state.schema, "expected": state.expected, "kind": state.kind},
    }
    headers = {"cache-control": "no-store"}
    return JSONResponse(body, 200 if state.ready else 503, headers)


def unknown(request: Request) -> JSONResponse:
    """The answer to an address under /api/ or /download/ that nothing stands behind."""
    return JSONResponse({"error": "not_found", "path": request.url.path}, 404)


ANY_METHOD = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]

ROUTES: list[BaseRoute] = [
    Route("/healthz", healthz),
    *signin.ROUTES,
    *downloads.ROUTES,
    Mount("/assets", _Assets(directory=ASSETS), name="assets"),
    Route("/download/{rest:path}", unknown, methods=ANY_METHOD),
    Route("/api", unknown, methods=ANY_METHOD),
    Route("/api/{rest:path}", unknown, methods=ANY_METHOD),
]

"""Signing in and out, and the change of one's password: routes that set and drop the cookie."""

from __future__ import annotations

import time
from collections.abc import Mapping

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route

import settings
from i18n.words import Words, words
from services import accounts, oidc, oidc_leaving, passwords, sessions, signin, startup
from services.refusals import AccountRefused

from . import signin_page as page
from .doors import local_address
from .gate import ACTOR, SESSION
from .signin_page import Said

_LANGUAGES = ("vi", "en")
_NOTES = ("out", "ended", "changed")
_STATUS = {"locked": 429}


def now() -> int:
    """The clock, in microseconds since 1970 (UTC)."""
    return time.time_ns() // 1000


def form(request: Request) -> Response:
    """GET /login: the form; whoever is signed in goes on."""
    asked = request.query_params
    to = local_address(asked.get("next", ""))
    _ = tongue(asked)
    if not accounts.needed(startup.the_store()):
        return html(page.no_accounts(_))
    if request.scope.get(ACTOR) is not None:
        return RedirectResponse(to or "/", 303)
    said = oidc_leaving.STATE if asked.get("state") == oidc_leaving.STATE else asked.get("say")
    note = next((name for name in _NOTES if said == name), "")
    return shown(_, Said(_(f"signin.{note}") if note else ""), to)


async def enter(request: Request) -> Response:
    """POST /login: a session and its cookie, or the form again with the reason."""
    given = await fields(request)
    _, to = tongue(given), local_address(given.get("next", ""))
    store, login = startup.the_store(), given.get("login", "")
    if not await run_in_threadpool(accounts.needed, store):
        return RedirectResponse("/", 303)
    done = await run_in_threadpool(
        signin.sign_in,
        store,
        login,
        given.get("password", ""),
        address=address(request),
        browser=request.headers.get("user-agent", ""),
        now=now(),
    )
    if isinstance(done, signin.Refused):
        said = Said(_(f"signin.{done.key}", minutes=done.minutes), alarm=True)
        status = _STATUS.get(done.key, 401)
        return await run_in_threadpool(shown, _, said, to, login=login[:100], status=status)
    return await run_in_threadpool(entered, request, done, to)


def entered(request: Request, done: signin.Opened, to: str) -> Response:
    """On to the page that was asked for, with the cookie; a session that was open here ends."""
    signin.sign_out(startup.the_store(), str(request.scope.get(SESSION, "")), now=now())
    response = RedirectResponse(to or "/", 303)
    response.set_cookie(
        sessions.cookie_name(request.url.scheme),
        done.cookie,
        max_age=settings.read().session_hours * 3600,
        path="/",
        secure=request.url.scheme == "https",
        httponly=True,
        samesite="lax",
    )
    response.headers["cache-control"] = "no-store"
    return response


def leave(request: Request) -> Response:
    """POST /logout: the session ends, in every tab."""
    store, session = startup.the_store(), str(request.scope.get(SESSION, ""))
    visit = sessions.visit(store, session, now())
    by_provider = visit is not None and not visit.local and settings.read().oidc is not None
    signin.sign_out(store, session, now=now())
    response = RedirectResponse("/login/out" if by_provider else "/login?say=out", 303)
    response.delete_cookie(
        sessions.cookie_name(request.url.scheme),
        path="/",
        secure=request.url.scheme == "https",
        httponly=True,
        samesite="lax",
    )
    if by_provider:
        response.set_cookie(
            oidc_leaving.COOKIE,
            oidc_leaving.pass_for(store, now()),
            max_age=oidc_leaving.SECONDS,
            path="/login/out",
            secure=request.url.scheme == "https",
            httponly=True,
            samesite="lax",
        )
    return response


def leave_provider(request: Request) -> Response:
    """GET /login/out: on to where the provider signs people out, for who has just done so here.

    A page of ours stands between: the answer to a form may lead to no other site (our policy).
    """
    store, provider = startup.the_store(), settings.read().oidc
    there = ""
    if provider and oidc_leaving.holds(store, request.cookies.get(oidc_leaving.COOKIE, ""), now()):
        there = oidc_leaving.way_out(provider, own(request, provider))
    if not there or provider is None:
        return RedirectResponse("/login?say=out", 303)
    response = html(page.leaving(tongue(request.query_params), provider.name, there))
    response.delete_cookie(oidc_leaving.COOKIE, path="/login/out", httponly=True, samesite="lax")
    return response


def to_provider(request: Request) -> Response:
    """GET /login/oidc: on to the provider, with a cookie that knows the way back."""
    asked, provider = request.query_params, settings.read().oidc
    if provider is None:
        return RedirectResponse("/login", 303)
    _ = tongue(asked)
    to = local_address(asked.get("next", ""))
    started = oidc.begin(
        startup.the_store(), provider, own(request, provider), to=to, lang=_.lang, now=now()
    )
    if isinstance(started, oidc.Failed):
        return not_by_provider(_, started.reason, to)
    response = RedirectResponse(started.url, 303, {"cache-control": "no-store"})
    response.set_cookie(
        oidc.COOKIE,
        started.cookie,
        max_age=oidc.MINUTES * 60,
        path="/login/back",
        secure=request.url.scheme == "https",
        httponly=True,
        samesite="lax",
    )
    return response


def from_provider(request: Request) -> Response:
    """GET /login/back: somebody comes back, with a code or with the provider's refusal."""
    provider, store = settings.read().oidc, startup.the_store()
    if provider is None:
        return RedirectResponse("/login", 303)
    trip = oidc.trip_of(store, request.cookies.get(oidc.COOKIE, ""), now())
    done = oidc.finish(
        store,
        provider,
        own(request, provider),
        request.query_params,
        trip,
        came_from=address(request),
        browser=request.headers.get("user-agent", ""),
        now=now(),
    )
    to = local_address(trip.to) if trip else ""
    if isinstance(done, oidc.Failed):
        _ = words(trip.lang) if trip and trip.lang in _LANGUAGES else tongue({})
        response = not_by_provider(_, done.reason, to)
    else:
        response = entered(request, done, to)
    response.delete_cookie(oidc.COOKIE, path="/login/back", httponly=True, samesite="lax")
    return response


def not_by_provider(_: Words, reason: str, to: str) -> Response:
    """The sign-in page with why the provider's way failed."""
    provider = settings.read().oidc
    name = provider.name if provider else ""
    if reason == "disabled":
        said = _("signin.disabled")
    elif reason == "no_role":
        said = _("signin.provider_no_role", name=name)
    else:
        said = _("signin.provider_failed", name=name, reason=reason)
    status = 502 if reason == "unreachable" else 403
    return shown(_, Said(said, alarm=True), to, status=status)


def own(request: Request, provider: settings.Provider) -> str:
    """Our address as the browser writes it."""
    return provider.address or f"{request.url.scheme}://{request.url.netloc}"


def stay(_request: Request) -> Response:
    """GET /logout: an address, which any page can make a browser open, signs nobody out."""
    return RedirectResponse("/", 303)


def password_form(request: Request) -> Response:
    """GET /password: the form for a new password."""
    asked = request.query_params
    return _password_page(request, tongue(asked), Said(), local_address(asked.get("next", "")))


async def password(request: Request) -> Response:
    """POST /password: the new password counts, the person's other sessions end."""
    return await run_in_threadpool(_change, request, await fields(request))


def _change(request: Request, given: Mapping[str, str]) -> Response:
    _, to = tongue(given), local_address(given.get("next", ""))
    actor = request.scope.get(ACTOR)
    if actor is None or actor.account is None:
        return RedirectResponse("/", 303)
    try:
        if given.get("new", "") != given.get("again", ""):
            raise AccountRefused("different")
        accounts.change_password(
            startup.the_store(),
            actor,
            given.get("current", ""),
            given.get("new", ""),
            session=str(request.scope.get(SESSION, "")),
            now=now(),
        )
    except AccountRefused as error:
        said = Said(_(f"account.refused_{error.key}", **error.values), alarm=True)
        return _password_page(request, _, said, to, status=_STATUS.get(error.key, 400))
    return RedirectResponse(to or "/", 303)


def _password_page(request: Request, _: Words, said: Said, to: str, status: int = 200) -> Response:
    visit = sessions.visit(startup.the_store(), str(request.scope.get(SESSION, "")), now())
    if visit is None:  # the local user has no password
        return RedirectResponse("/", 303)
    made = page.change_password(
        _,
        said=said,
        login=visit.login,
        to=to,
        shortest=passwords.SHORTEST,
        first=visit.must_change,
    )
    return html(made, status)


def shown(_: Words, said: Said, to: str, *, login: str = "", status: int = 200) -> Response:
    """The sign-in page with something to say."""
    provider = settings.read().oidc
    name = provider.name if provider else ""
    return html(page.sign_in(_, said=said, login=login, to=to, provider=name), status)


def html(text: str, status: int = 200) -> Response:
    """A page that loads nothing but our style, and that no cache keeps."""
    headers = {"cache-control": "no-store", "content-security-policy": page.POLICY}
    return HTMLResponse(text, status, headers)


async def fields(request: Request) -> dict[str, str]:
    """The texts of a form; files are no texts."""
    given = await request.form(max_files=0, max_fields=20)
    return {
        name: value[:5000].replace("\x00", "")  # a sign that PostgreSQL takes in no text
        for name, value in given.items()
        if not isinstance(value, UploadFile)
    }


def tongue(given: Mapping[str, str]) -> Words:
    """The words of the language that was asked for."""
    asked = given.get("lang", "")
    return words(asked if asked in _LANGUAGES else settings.read().language)


def address(request: Request) -> str:
    """Where a request came from; of a proxy that is trusted the server has read its headers."""
    return request.client.host if request.client else ""


ROUTES: list[BaseRoute] = [
    Route("/login", form, methods=["GET"]),
    Route("/login", enter, methods=["POST"]),
    Route("/login/oidc", to_provider, methods=["GET"]),
    Route("/login/back", from_provider, methods=["GET"]),
    Route("/login/out", leave_provider, methods=["GET"]),
    Route("/logout", leave, methods=["POST"]),
    Route("/logout", stay, methods=["GET"]),
    Route("/password", password_form, methods=["GET"]),
    Route("/password", password, methods=["POST"]),
]

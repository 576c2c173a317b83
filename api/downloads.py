"""Files to take away: template, tables of open data, the workbook handed in, the marked one."""

from __future__ import annotations

import time
from collections.abc import Callable
from unicodedata import category
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

import settings
from i18n.words import words
from services import audit_log, drafts, handouts, startup
from services.access import READ, SUBMIT, Actor, require
from services.chosen import assessment
from services.moments import moment, today_of
from services.refusals import Denied
from services.store import data_version, present

from .gate import ACTOR

KINDS = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
}
ANY_BYTES = "application/octet-stream"
MOST_DIGITS = 9  # of a submission's number: a longer one is none that a store could have
_MOST_CODES = 200
_NO_NAME = set('/\\:*?"<>|%')
_LONGEST_NAME = 150  # its end, which is what the ending stands at


class _Refused(Exception):
    """A download that is not given: status and id of the sentence."""

    def __init__(self, status: int, key: str) -> None:
        super().__init__(key)
        self.status = status
        self.key = key


def _told(answer: Callable[[Request, Actor], Response]) -> Callable[[Request], Response]:
    """The route of a download: what is refused becomes one sentence."""

    def route(request: Request) -> Response:
        try:
            return answer(request, _actor(request))
        except _Refused as refused:
            status, key = refused.status, refused.key
        except Denied:
            status, key = 403, "door.denied"
        return PlainTextResponse(words(_language(request))(key), status)

    return route


def _actor(request: Request) -> Actor:
    """Whoever the gate let in; while there are no accounts the local user."""
    actor = request.scope.get(ACTOR)
    if not isinstance(actor, Actor):
        raise Denied("", READ)
    return actor


def template(request: Request, actor: Actor) -> Response:
    """The official template for targets, periods and areas; all targets where none is named."""
    from services import templates  # openpyxl takes a third of a second, which no start should

    require(actor, SUBMIT)
    store, at = startup.the_store(), _at(request)
    asked = request.query_params
    agency = asked.get("agency", "")[:100]
    targets = _codes(asked.getlist("targets")) or handouts.target_codes(store, at, agency)
    try:
        data = templates.template(
            store,
            targets=targets,
            periods=_codes(asked.getlist("period")),
            areas=_codes(asked.getlist("areas")),
            as_of=at,
            settings=assessment(),
            agency=agency,
        )
    except ValueError as error:  # it says which target, area or period, in Vietnamese
        return PlainTextResponse(str(error), 400)
    named = "-".join(
        part for part in ("mau-nhap-so-lieu", agency, today_of(at).isoformat()) if part
    )
    return _file(data, f"{named}.xlsx", KINDS["xlsx"])


def table(request: Request, actor: Actor) -> Response:
    """Open data: actuals, targets or verdicts as csv, xlsx or json, as of a moment."""
    from services import exports  # openpyxl, see above

    require(actor, READ)
    what = request.query_params.get("what", "verdicts")
    form = request.query_params.get("format", "xlsx")
    at = _at(request)
    try:
        data = exports.export(startup.the_store(), what, form, as_of=at, settings=assessment())
    except ValueError as error:
        raise _Refused(400, "door.bad_table") from error
    return _file(data, f"{what}-{today_of(at).isoformat()}.{form}", KINDS[form])


def handed_in(request: Request, actor: Actor) -> Response:
    """The very file of a submission, for whoever may see it."""
    number = request.query_params.get("submission", "")
    known = number.isdecimal() and len(number) <= MOST_DIGITS
    found = handouts.file_of(startup.the_store(), actor, int(number)) if known else None
    if found is None:
        raise _Refused(404, "door.no_file")
    return _file(found.content, found.name, ANY_BYTES)


def marked(request: Request, actor: Actor) -> Response:
    """The workbook of an open upload, or of a submission, with its findings at their cells."""
    store = startup.the_store()
    number = request.query_params.get("submission", "")
    if number.isdecimal() and len(number) <= MOST_DIGITS:
        kept = handouts.marked_of(store, actor, int(number))
        if kept is None:
            raise _Refused(404, "door.no_file")
        return _file(kept.content, kept.name, KINDS["xlsx"])
    draft = drafts.load(store, actor, _without_nul(request.query_params.get("draft", "")))
    if draft is None:
        raise _Refused(404, "door.no_file")
    at = _at(request)
    checked = drafts.checked(store, draft, as_of=at, version=data_version(store, at))
    found = handouts.marked(draft.file, checked, draft.trail.typed_by)
    return _file(found.content, found.name, KINDS["xlsx"])


def audit(request: Request, actor: Actor) -> Response:
    """The log as csv, xlsx or json: the lines that its page shows for the same address."""
    from services import audit_export  # openpyxl, see above

    form = request.query_params.get("format", "csv")
    wanted = audit_log.wanted(request.query_params.get)
    lang = _language(request)
    if form not in KINDS:
        raise _Refused(400, "door.bad_table")
    made = audit_export.export(startup.the_store(), actor, form, wanted, lang)
    day = today_of(time.time_ns() // 1000).isoformat()
    return _file(made.content, f"{words(lang)('adminaudit.file')}-{day}.{form}", KINDS[form])


def _file(data: bytes, name: str, kind: str) -> Response:
    headers = {"content-disposition": attachment(name), "cache-control": "private, no-store"}
    return Response(data, media_type=kind, headers=headers)


def attachment(name: str) -> str:
    """The header that saves a file under a name and never shows it.

    What is no name of a file anywhere becomes "_": signs that are not seen or turn the direction
    of reading (so that an ending looks like another), paths, quotes, ends of lines.

    Source: RFC 6266, sections 4.3 and 5.
    """
    kept = "".join(
        "_"
        if sign in _NO_NAME or category(sign)[0] == "C" or category(sign) in {"Zl", "Zp"}
        else sign
        for sign in name
    )
    kept = kept.strip(" .")[-_LONGEST_NAME:] or "tep"
    plain = "".join(sign if sign.isascii() else "_" for sign in kept)
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(kept, safe='')}"


def _without_nul(text: str) -> str:
    """A text that every store can be asked for: PostgreSQL takes none with this sign."""
    return text.replace("\x00", "")


def _at(request: Request) -> int:
    text = request.query_params.get("as_of", "")
    if not text:
        return present(startup.the_store(), time.time_ns() // 1000)
    try:
        return moment(text)
    except ValueError as error:
        raise _Refused(400, "door.bad_moment") from error


def _codes(texts: list[str]) -> list[str]:
    found = [code.strip() for text in texts for code in text.split(",")]
    return [code for code in found if code][:_MOST_CODES]


def _language(request: Request) -> str:
    asked = request.query_params.get("lang", "")
    return asked if asked in ("vi", "en") else settings.read().language


ROUTES: list[BaseRoute] = [
    Route("/download/template", _told(template)),
    Route("/download/table", _told(table)),
    Route("/download/file", _told(handed_in)),
    Route("/download/marked", _told(marked)),
    Route("/download/audit", _told(audit)),
]

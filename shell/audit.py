"""audit: the log as a file, and whether its chain still fits."""

from __future__ import annotations

import argparse
from datetime import date
from typing import TYPE_CHECKING

from .answers import DONE, REFUSED, WrongUse, answer, chosen, say, store, write
from .words import json_word

if TYPE_CHECKING:
    from .words import Commands

FORMATS = ("csv", "json", "xlsx")


def add(commands: Commands) -> None:
    """Add the commands of this file."""
    group = commands.add_parser("audit", help="who did what, when, from where")
    actions = group.add_subparsers(metavar="ACTION", required=True)
    exporting = actions.add_parser("export", help="the log as a file, oldest line first")
    exporting.add_argument("--format", choices=FORMATS, default="csv", help="csv unless told")
    exporting.add_argument("--from", dest="first", metavar="DAY", help="from this day on")
    exporting.add_argument("--to", dest="last", metavar="DAY", help="up to this day, included")
    exporting.add_argument("--out", required=True, metavar="FILE", help="where to write it")
    json_word(exporting)
    exporting.set_defaults(run=_export)
    verifying = actions.add_parser(
        "verify",
        help="whether a line was changed, removed or put in",
        description="Lines cut off at the end show only against a digest that was kept elsewhere.",
    )
    verifying.add_argument(
        "--digest", default="", metavar="HEX", help="one that was kept elsewhere"
    )
    json_word(verifying)
    verifying.set_defaults(run=_verify)


def _export(options: argparse.Namespace) -> int:
    from i18n.words import words
    from services import access, audit_export
    from services.audit_log import Search

    wanted = Search(first=_day(options.first, "--from"), last=_day(options.last, "--to"))
    if wanted.first and wanted.last and wanted.first > wanted.last:
        raise WrongUse(f"--from {wanted.first} lies after --to {wanted.last}")
    language = chosen().language
    made = audit_export.export(store(), access.shell(), options.format, wanted, language)
    write(options.out, made.content)
    document = {"file": options.out, "lines": made.lines}
    said = words(language)("adminaudit.exported", n=made.lines, file=options.out)
    answer(document, options.json, lambda: said)
    return DONE


def _verify(options: argparse.Namespace) -> int:
    from services import access, audit_export
    from services.moments import iso

    found = audit_export.verify(store(), access.shell(), options.digest)
    said = audit_export.told(found, options.digest, chosen().language)
    misfit = found.misfit
    document = {
        "fits": found.fits,
        "lines": found.lines,
        "newest": found.newest or None,
        "newest_at": iso(found.newest_at) if found.newest else None,
        "digest_met": found.met,
        "misfit": None
        if misfit is None
        else {
            "kind": misfit.kind,
            "line": misfit.line.id,
            "at": iso(misfit.line.at),
            "by": misfit.line.by,
            "action": misfit.line.action,
        },
    }
    if options.json:
        answer(document, as_json=True)
    if not found.fits:
        say("\n".join(said))
        return REFUSED
    if not options.json:
        print("\n".join(said))
    return DONE


def _day(text: str | None, name: str) -> date | None:
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise WrongUse(f"{name} takes a day (2026-06-05), not {text!r}") from error

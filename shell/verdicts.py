"""status, assess, export: what the figures say of the targets."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from .answers import DONE, REFUSED, answer, as_of, say, store, write
from .words import as_of_word, json_word

if TYPE_CHECKING:
    from .words import Commands


def add(commands: Commands) -> None:
    """Add the commands of this file."""
    status = commands.add_parser("status", help="every target with its verdict")
    status.add_argument("--code", metavar="CODE", help="one target")
    as_of_word(status)
    json_word(status)
    status.set_defaults(run=_status)
    export = commands.add_parser("export", help="open data with sources")
    export.add_argument("what", choices=["actuals", "targets", "verdicts"])
    export.add_argument("--format", choices=["csv", "xlsx", "json"], required=True)
    export.add_argument("--out", required=True, metavar="FILE")
    as_of_word(export)
    json_word(export)
    export.set_defaults(run=_export)


def _status(options: argparse.Namespace) -> int:
    from services.chosen import assessment
    from services.status import status

    opened = store()
    moment = as_of(options.as_of, opened)
    document = status(opened, moment, assessment(), options.code)
    if options.code and not document["targets"]:
        answer(document, options.json)
        say(f"Không có chỉ tiêu {options.code}.")
        return REFUSED
    answer(document, options.json, lambda: "\n".join(_line(one) for one in document["targets"]))
    return DONE


def _line(one: dict[str, Any]) -> str:
    return f"{one['code']}  {one['verdict']['scale']:<12}  {one['verdict']['reason_vi']}"


def _export(options: argparse.Namespace) -> int:
    from services import exports
    from services.chosen import assessment

    opened = store()
    data = exports.export(
        opened,
        options.what,
        options.format,
        as_of=as_of(options.as_of, opened),
        settings=assessment(),
    )
    write(options.out, data)
    answer({"file": options.out, "bytes": len(data)}, options.json, lambda: options.out)
    return DONE

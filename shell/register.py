"""register add, steps add, assign: documents, targets, yearly plans, assignments from files."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .answers import DONE, REFUSED, answer, content, now, store
from .words import by_word, json_word

if TYPE_CHECKING:
    from .words import Commands


def add(commands: Commands) -> None:
    """Add the commands of this file."""
    for name, what, run in (
        ("register", "documents, targets, areas", _register),
        ("steps", "yearly plans", _steps),
    ):
        group = commands.add_parser(name, help=what)
        adding = group.add_subparsers(metavar="ACTION", required=True).add_parser(
            "add", help=f"add or amend {what} from a CSV or Excel file"
        )
        _words(adding, run)
    _words(commands.add_parser("assign", help="which agency reports which target"), _assign)


def _words(parser: argparse.ArgumentParser, run: Any) -> None:
    parser.add_argument("file")
    parser.add_argument("--dry-run", action="store_true", help="check only")
    by_word(parser)
    json_word(parser)
    parser.set_defaults(run=run)


def _register(options: argparse.Namespace) -> int:
    from services import register

    return _run(options, register.add)


def _steps(options: argparse.Namespace) -> int:
    from services import plans

    return _run(options, plans.add)


def _assign(options: argparse.Namespace) -> int:
    from services import assignments

    return _run(options, assignments.add)


def _run(options: argparse.Namespace, use_case: Any) -> int:
    from services import access

    report = use_case(
        store(),
        access.shell(options.by),
        content(options.file),
        Path(options.file).name,
        dry_run=options.dry_run,
        now=now(),
    )
    document = report.as_json()
    answer(document, options.json, lambda: _text(document))
    return REFUSED if report.refused else DONE


def _text(document: dict[str, Any]) -> str:
    counts = ", ".join(
        f"{key} {value}" for key, value in document.items() if isinstance(value, int)
    )
    lines = [counts]
    lines += [f"{one['where']}: {one['message']} {one['fix']}" for one in document["findings"]]
    return "\n".join(lines)

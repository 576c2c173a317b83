"""figures, check, import, template, submissions, undo: figures in and out again."""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .answers import DONE, REFUSED, WrongUse, answer, as_of, content, now, say, store, write
from .words import as_of_word, by_word, json_word

if TYPE_CHECKING:
    from services.store import Store

    from .words import Commands


def add(commands: Commands) -> None:
    """Add the commands of this file."""
    figures = commands.add_parser("figures", help="take over figures from another system (CSV)")
    figures.add_argument("file")
    check = commands.add_parser("check", help="read and check a workbook, store nothing")
    check.add_argument("file")
    as_of_word(check, "check as on")
    take = commands.add_parser("import", help="check a workbook, then commit it whole or not")
    take.add_argument("file")
    take.add_argument(
        "--accept-warnings",
        nargs="?",
        const="*",
        metavar="CODES",
        help="confirm all warnings, or those with these codes (comma-separated)",
    )
    take.add_argument("--why", default="", help="reason, where a warning asks for one")
    as_of_word(take, "check as on")
    template = commands.add_parser("template", help="the official Excel template")
    template.add_argument("--targets", metavar="CODES", help="comma-separated")
    template.add_argument("--agency", default="", metavar="KEY", help="only what it reports")
    template.add_argument("--period", metavar="P", help="2026, 2026-H1, ... (comma-separated)")
    template.add_argument("--areas", metavar="CODES", help="comma-separated")
    template.add_argument("--out", required=True, metavar="FILE")
    listing = commands.add_parser("submissions", help="list what was handed in")
    as_of_word(listing)
    undo = commands.add_parser("undo", help="take one submission back whole")
    undo.add_argument("id", type=int)
    undo.add_argument("--why", default="", help="reason")
    runs = {
        figures: _figures,
        check: _check,
        take: _import,
        template: _template,
        listing: _submissions,
        undo: _undo,
    }
    for parser, run in runs.items():
        json_word(parser)
        parser.set_defaults(run=run)
        if parser in (figures, take, undo):
            by_word(parser)


def _figures(options: argparse.Namespace) -> int:
    from services import access, figures, uploads
    from services.refusals import Conflict
    from services.submissions import File

    file = File(Path(options.file).name, content(options.file))
    opened = store()
    try:
        taken = figures.take(opened, access.shell(options.by), file, now=now())
    except Conflict:
        say(_MOVED)
        return REFUSED
    document = {
        "outcome": taken.outcome,
        **_receipt(taken.receipt),
        "findings": uploads.findings_json(taken.findings),
    }
    answer(document, options.json, lambda: _summary(document))
    return REFUSED if taken.outcome == "reject" else DONE


def _check(options: argparse.Namespace) -> int:
    from services import uploads

    opened = store()
    result = uploads.check(
        opened,
        content(options.file),
        Path(options.file).name,
        today=_today(options.as_of, opened),
        as_of=as_of(None, opened),
    )
    document = uploads.as_json(result)
    answer(document, options.json, lambda: _findings(document))
    return REFUSED if document["outcome"] == "reject" else DONE


def _import(options: argparse.Namespace) -> int:
    from services import access, uploads
    from services.refusals import Conflict

    opened = store()
    accepted = options.accept_warnings
    codes = None if accepted is None else {"*"} if accepted == "*" else set(_list(accepted))
    try:
        done = uploads.take(
            opened,
            access.shell(options.by),
            content(options.file),
            Path(options.file).name,
            today=_today(options.as_of, opened),
            accept=codes or set(),
            why=options.why,
            now=now(),
        )
    except Conflict:
        say(_MOVED)
        return REFUSED
    document = {
        **uploads.as_json(done.result),
        **_receipt(done.receipt),
        "unconfirmed": sorted(done.unconfirmed),
    }
    document.pop("values", None)
    answer(document, options.json, lambda: _summary(document))
    if done.unconfirmed:
        say("Chưa lưu: còn cảnh báo chưa xác nhận: " + ", ".join(sorted(done.unconfirmed)))
    return DONE if done.receipt is not None else REFUSED


def _template(options: argparse.Namespace) -> int:
    from services import handouts, templates
    from services.chosen import assessment

    if not options.targets and not options.agency:
        raise WrongUse("template needs --targets or --agency")
    opened = store()
    at = as_of(None, opened)
    try:
        data = templates.template(
            opened,
            targets=_list(options.targets or "")
            or handouts.target_codes(opened, at, options.agency),
            periods=_list(options.period or ""),
            areas=_list(options.areas or ""),
            as_of=at,
            settings=assessment(),
            agency=options.agency,
        )
    except ValueError as error:
        raise WrongUse(str(error)) from error
    write(options.out, data)
    answer({"file": options.out, "bytes": len(data)}, options.json, lambda: options.out)
    return DONE


def _submissions(options: argparse.Namespace) -> int:
    from services import submissions
    from services.moments import iso

    opened = store()
    rows = [
        {
            "id": one.id,
            "at": iso(one.at),
            "by": one.by,
            "kind": one.kind,
            "file": one.file or None,
            "sha256": one.sha256 or None,
            "new": one.new,
            "changed": one.changed,
            "same": one.same,
            "undoes": one.undoes,
            "undone_by": one.undone_by,
            "why": one.why or None,
        }
        for one in submissions.listing(opened, as_of(options.as_of, opened))
    ]
    answer(rows, options.json, lambda: "\n".join(_line(row) for row in rows))
    return DONE


def _undo(options: argparse.Namespace) -> int:
    from services import access, submissions
    from services.refusals import NotUndone

    actor = access.shell(options.by)
    try:
        receipt = submissions.undo(store(), actor, options.id, why=options.why, now=now())
    except NotUndone as error:
        document = {
            "submission": None,
            "restored": 0,
            "refused": error.key,
            "undone_by": error.by_submission or None,
            "later": [
                {
                    "submission": one.submission,
                    "by": one.by,
                    "indicator": one.indicator,
                    "area": one.area,
                    "period": one.period,
                    "value": one.value,
                }
                for one in error.later
            ],
        }
        answer(document, options.json)
        say(_NOT_UNDONE[error.key].format(id=options.id, by=error.by_submission))
        return REFUSED
    document = {"submission": receipt.submission, "restored": receipt.restored}
    answer(document, options.json, lambda: f"Đã hoàn tác lần nộp {options.id}.")
    return DONE


_MOVED = "Chưa lưu: số liệu trong kho vừa thay đổi; hãy chạy lại lệnh."
_NOT_UNDONE = {
    "unknown": "Không có lần nộp {id}.",
    "undone": "Lần nộp {id} đã được hoàn tác bởi lần nộp {by}.",
    "later": "Chưa hoàn tác được lần nộp {id}: các lần nộp sau đã thay đổi cùng số liệu.",
}


def _receipt(receipt: Any) -> dict[str, Any]:
    if receipt is None:
        return {"submission": None, "new": 0, "changed": 0, "same": 0, "cells": []}
    return {
        "submission": receipt.submission,
        "new": receipt.new,
        "changed": receipt.changed,
        "same": receipt.same,
        "cells": [
            {
                "sheet": cell.sheet,
                "cell": cell.cell,
                "indicator": cell.indicator,
                "period": cell.period,
                "area": cell.area,
                "old": cell.old,
                "new": cell.new,
                "effect": cell.effect,
            }
            for cell in receipt.cells
        ],
    }


def _today(text: str | None, opened: Store) -> date:
    from services.moments import today_of

    return today_of(as_of(text, opened))


def _list(text: str) -> list[str]:
    return [part.strip() for part in text.split(",") if part.strip()]


def _findings(document: dict[str, Any]) -> str:
    lines = [document["outcome"]]
    for one in document["findings"]:
        lines.append(f"{one['code']} {one['sheet']}!{one['cell']}: {one['message']}")
    return "\n".join(lines)


def _summary(document: dict[str, Any]) -> str:
    counts = "mới {new}, thay đổi {changed}, không đổi {same}".format(**document)
    number = document["submission"]
    head = f"Lần nộp {number}: {counts}" if number else "Chưa lưu"
    return f"{head}\n{_findings(document)}"


def _line(row: dict[str, Any]) -> str:
    return f"{row['id']}  {row['at']}  {row['kind']}  {row['by']}  {row['file'] or ''}"

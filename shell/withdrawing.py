"""withdraw: end stored figures without others in their place, with a reason."""

from __future__ import annotations

import argparse

from .answers import DONE, REFUSED, WrongUse, answer, now, say, store
from .words import Commands, by_word, json_word


def add(commands: Commands) -> None:
    """Add the command of this file."""
    parser = commands.add_parser(
        "withdraw", help="end figures without others in their place, with a reason"
    )
    parser.add_argument("--submission", type=int, metavar="ID", help="what stands as it put it")
    parser.add_argument("--indicator", default="", metavar="CODE")
    parser.add_argument("--period", default="", metavar="P", help="2026, 2026-H1, ...")
    parser.add_argument(
        "--area", metavar="CODE", help='of a commune, "" for the whole scope; any where left out'
    )
    parser.add_argument("--why", required=True, metavar="TEXT", help="reason; it is kept")
    parser.add_argument("--dry-run", action="store_true", help="only list the figures")
    by_word(parser)
    json_word(parser)
    parser.set_defaults(run=_withdraw)


def _withdraw(options: argparse.Namespace) -> int:
    from services import access, submissions
    from services.refusals import Conflict
    from services.withdrawing import standing_figures

    if options.submission is None and not (options.indicator and options.period):
        raise WrongUse("withdraw needs --submission, or --indicator with --period")
    if not options.why.strip():
        raise WrongUse("withdraw needs a reason in --why")
    opened = store()
    try:
        figures = standing_figures(
            opened,
            submission=options.submission,
            indicator=options.indicator,
            period=options.period,
            area=options.area,
        )
    except ValueError as error:  # it names the period that is none
        raise WrongUse(str(error)) from error
    cells = [
        {"indicator": code, "period": period, "area": area, "old": seen.value, "new": None}
        for (code, area, period), seen in sorted(figures.items())
    ]
    number = None
    if figures and not options.dry_run:
        actor = access.shell(options.by)
        try:
            receipt = submissions.withdraw(opened, actor, figures, why=options.why, now=now())
        except Conflict:
            say("Chưa rút: số liệu trong kho vừa thay đổi; hãy chạy lại lệnh.")
            return REFUSED
        number = receipt.submission
    done = len(cells) if number else 0
    document = {"submission": number, "withdrawn": done, "cells": cells}
    answer(document, options.json, lambda: _told(number, len(cells)))
    if not figures:
        say("Không có số liệu nào như vậy đang được dùng.")
    return DONE if figures else REFUSED


def _told(number: int | None, count: int) -> str:
    if number is None:
        return f"Sẽ rút {count} số liệu" if count else "Chưa rút số liệu nào"
    return f"Lần nộp {number}: đã rút {count} số liệu"

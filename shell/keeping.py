"""init, demo: make and fill a store."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from .answers import DONE, REFUSED, answer, now, say, store

if TYPE_CHECKING:
    from .words import Commands


def add(commands: Commands) -> None:
    """Add the commands of this file."""
    init = commands.add_parser("init", help="make or migrate the store and seed it")
    init.add_argument("--without-actuals", action="store_true", help="no published figures")
    init.add_argument("--json", action="store_true")
    init.set_defaults(run=_init)
    demo = commands.add_parser("demo", help="fill a new store with invented, marked figures")
    demo.add_argument("--json", action="store_true")
    demo.set_defaults(run=_demo)


def _init(options: argparse.Namespace) -> int:
    from services.seeding import seed

    report = seed(store(), now(), with_actuals=not options.without_actuals)
    document = {
        "added": report.added,
        "amended": report.amended,
        "withdrawn": report.withdrawn,
        "kept": [[table, list(key)] for table, key in report.kept],
    }
    answer(document, options.json, lambda: _said(report.did))
    return DONE


def _said(did: bool) -> str:
    return "Đã tạo kho dữ liệu." if did else "Kho dữ liệu đã sẵn sàng, không có gì thay đổi."


def _demo(options: argparse.Namespace) -> int:
    from services.demo import HasSubmissions, demo

    try:
        count = demo(store(), now())
    except HasSubmissions as error:
        say(str(error))
        return REFUSED
    answer({"figures": count}, options.json, lambda: f"Đã nạp {count} số liệu minh họa (bịa).")
    return DONE

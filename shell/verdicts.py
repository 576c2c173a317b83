"""status, assess, export: what the figures say of the targets."""

from __future__ import annotations

import argparse
import json
import sys
from typing import TYPE_CHECKING, Any

from i18n.words import words as translator

from .answers import DONE, REFUSED, WrongUse, answer, as_of, say, store, write
from .words import as_of_word, json_word

if TYPE_CHECKING:
    from .words import Commands


def add(commands: Commands) -> None:
    """Add the commands of this file."""
    status = commands.add_parser("status", help="every target with its verdict")
    status.add_argument("--code", metavar="CODE", help="one target")
    as_of_word(status)
    json_word(status)
    status.add_argument(
        "--without-forecasts", action="store_true", help="no chance of reaching, nothing kept"
    )
    status.set_defaults(run=_status)
    assess = commands.add_parser("assess", help="one target by all methods, or cases from stdin")
    assess.add_argument("code", nargs="?", metavar="CODE")
    assess.add_argument("--method", metavar="M", help="only this method")
    assess.add_argument("--stdin", action="store_true", help="cases as JSON lines in, results out")
    as_of_word(assess)
    json_word(assess)
    assess.set_defaults(run=_assess)
    forecast = commands.add_parser("forecast", help="one target's forecast and chance")
    forecast.add_argument("code", nargs="?", metavar="CODE")
    forecast.add_argument(
        "--all", action="store_true", help="work out every target's chance and keep it"
    )
    as_of_word(forecast)
    json_word(forecast)
    forecast.set_defaults(run=_forecast)
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
    document = status(
        opened, moment, assessment(), options.code, forecasts=not options.without_forecasts
    )
    if not document["targets"] and not document["data_version"]:
        say(translator("vi")("shell.empty"))
    if options.code and not document["targets"]:
        answer(document, options.json)
        say(f"Không có chỉ tiêu {options.code}.")
        return REFUSED
    answer(document, options.json, lambda: "\n".join(_line(one) for one in document["targets"]))
    return DONE


def _line(one: dict[str, Any]) -> str:
    return f"{one['code']}  {one['verdict']['scale']:<12}  {one['verdict']['reason_vi']}"


def _assess(options: argparse.Namespace) -> int:
    from services import assessments
    from services.chosen import assessment

    if options.stdin:
        return _assess_lines()
    if not options.code:
        raise WrongUse("assess takes a target's code, or --stdin")
    if options.method and options.method not in assessments.METHODS:
        known = ", ".join(assessments.METHODS)
        raise WrongUse(f"--method is one of {known}, not {options.method!r}")
    opened = store()
    moment = as_of(options.as_of, opened)
    document = assessments.assess(opened, moment, assessment(), options.code, options.method)
    if document is None:
        return _no_such(options)
    lines = document["methods"]
    answer(
        document,
        options.json,
        lambda: "\n".join(f"{m['method']:<15} {m['label']:<22} {m['reason_vi']}" for m in lines),
    )
    return DONE


def _assess_lines() -> int:
    from services.assessments import assess_case

    for number, line in enumerate(sys.stdin, 1):
        if not line.strip():
            continue
        try:
            case = json.loads(line)
            found = assess_case(case["method"], case["series"], case["target"], case["as_of"])
        except (ValueError, KeyError, TypeError) as error:
            raise WrongUse(f"line {number} is no case: {error}") from error
        print(json.dumps(found, ensure_ascii=False))
    return DONE


def _forecast(options: argparse.Namespace) -> int:
    from services.chosen import assessment
    from services.outlooks import forecast, keep_all

    if not options.code and not options.all:
        raise WrongUse("forecast takes a target's code, or --all")
    opened = store()
    if options.all:
        count = keep_all(opened, as_of(options.as_of, opened), assessment())
        answer({"kept": count}, options.json, lambda: f"Đã tính khả năng đạt của {count} chỉ tiêu.")
        return DONE
    document = forecast(opened, as_of(options.as_of, opened), assessment(), options.code)
    if document is None:
        return _no_such(options)
    answer(document, options.json, lambda: str(document["reason_vi"]))
    return DONE


def _no_such(options: argparse.Namespace) -> int:
    if options.json:
        answer({"code": options.code, "refused": "unknown_code"}, as_json=True)
    say(f"Không có chỉ tiêu {options.code}.")
    return REFUSED


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

"""scenario run, scenario goal: trial sums beside the figures, and what a target takes."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from .answers import DONE, REFUSED, WrongUse, answer, as_of, content, say, store
from .words import as_of_word, json_word

if TYPE_CHECKING:
    from .words import Commands

_FIRST, _LAST = 1990, 2100


def add(commands: Commands) -> None:
    """Add the commands of this file."""
    group = commands.add_parser("scenario", help="what-if: trajectories, what a target takes")
    actions = group.add_subparsers(metavar="ACTION", required=True)
    run = actions.add_parser("run", help="the trajectories of a scenario file, stored nowhere")
    run.add_argument("file")
    as_of_word(run)
    json_word(run)
    run.set_defaults(run=_run)
    goal = actions.add_parser("goal", help="the growth or yearly step that just reaches a target")
    goal.add_argument("code", metavar="CODE")
    goal.add_argument("--by", metavar="YEAR", help="until which year; the target's last")
    as_of_word(goal)
    json_word(goal)
    goal.set_defaults(run=_goal)


def _goal(options: argparse.Namespace) -> int:
    from services.chosen import assessment
    from services.scenario_goals import goal_of

    by = _year(options.by)
    opened = store()
    found = goal_of(opened, as_of(options.as_of, opened), assessment(), options.code, by)
    if found is None:
        why = f"Không có chỉ tiêu {options.code}."
        if options.json:
            answer(_unknown(options.code, by, why), as_json=True)
        say(why)
        return REFUSED
    answer(found, options.json, lambda: str(found["reason_vi"]))
    return DONE


def _unknown(code: str, by: int | None, why: str) -> dict[str, Any]:
    """The keys of every answer, for a code that no target has."""
    nothing = dict.fromkeys(("from", "target", "growth_pct", "step"))
    return {"code": code, "by": by, **nothing, "reachable": False, "reason_vi": why,
            "reason_en": f"There is no target {code}.", "refused": "unknown_code"}  # fmt: skip


def _year(text: str | None) -> int | None:
    if text is None:
        return None
    if not (text.isdecimal() and _FIRST <= int(text) <= _LAST):
        raise WrongUse(f"--by takes a year from {_FIRST} to {_LAST}, not {text!r}")
    return int(text)


def _run(options: argparse.Namespace) -> int:
    from services.chosen import assessment
    from services.scenarios import run_bytes

    data = content(options.file)
    opened = store()
    document = run_bytes(opened, as_of(options.as_of, opened), assessment(), data)
    answer(document, options.json, lambda: _text(document))
    for one in document["problems"]:
        say(f"{one['where']}: {one['message']}" if one["where"] else one["message"])
    return REFUSED if document["problems"] else DONE


def _text(document: dict[str, Any]) -> str:
    lines = [document["note_vi"]]
    for one in document["targets"]:
        reached = f"đạt năm {one['reached_year']}" if one["reached"] else "chưa đạt"
        last = one["years"][-1]
        lines.append(f"{one['code']}  {last['year']}: {last['value']:g}  {reached}")
    return "\n".join(lines)

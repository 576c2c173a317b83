"""A scenario's mathematics as spreadsheet formulas, so that a planner can go on in Excel.

Every assumption stands in a cell of its own; what follows refers to it. Only operators, IF, MIN
and MAX are used, which every spreadsheet program has.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from indicators.scenarios import Limits
from indicators.scenarios_formula import Binary, Mean, Name, Node, Number
from indicators.scenarios_shapes import (
    Delay,
    Effect,
    Growth,
    Line,
    Logistic,
    Project,
    Saturating,
    Shape,
    Shock,
    Steps,
)


@dataclass(slots=True)
class Inputs:
    """Assumptions of one sheet in their order: key of the words, number; and where they stand.

    column, first: the cells go down a column from a row.
    """

    column: str
    first: int
    rows: list[tuple[str, float]] = field(default_factory=list)

    def cell(self, key: str, value: float) -> str:
        """Put an assumption down; its absolute address."""
        self.rows.append((key, value))
        return f"${self.column}${self.first + len(self.rows) - 1}"


def has_formula(shape: Shape) -> bool:
    """Whether a base course is a formula; own values and an S-curve are values of years."""
    return isinstance(shape, Growth | Steps | Line | Saturating | Logistic)


def base(shape: Shape, start: str, since: str, inputs: Inputs, first_year: int) -> str | None:
    """Formula of the base course without its "=": of the start's cell and the years since.

    None for shapes that are values of years themselves (own values, an S-curve).
    """
    match shape:
        case Growth(pct):
            more = _power(f"1+{inputs.cell('pct', pct)}/100", since)
            return f"{start}*{more}"
        case Steps(amount):
            return f"{start}+{inputs.cell('amount', amount)}*{since}"
        case Line(value, year):
            end, last = inputs.cell("value", value), inputs.cell("year", year)
            share = f"MIN(1,{since}/MAX({last}-{first_year},1E-9))"
            return f"{start}+({end}-{start})*{share}"
        case Saturating(ceiling, pct):
            top = inputs.cell("ceiling", ceiling)
            left = _power(f"1-{inputs.cell('share', pct)}/100", since)
            return f"{top}-({top}-{start})*{left}"
        case Logistic(ceiling, pct):
            top, pace = inputs.cell("ceiling", ceiling), inputs.cell("pct", pct)
            odds = f"({top}-{start})/{start}*(1+{pace}/100)^(-{since})"
            inside = f"IF({start}<{top},{top}/(1+{odds}),{top})"
            return f"IF({start}>0,{inside},{start})"
        case _:
            return None


def _power(base: str, exponent: str) -> str:
    """A power that is 1 without any year, whatever the base: Excel knows no 0^0."""
    return f"IF({exponent}>0,({base})^({exponent}),1)"


def late(effects: Sequence[Effect], inputs: Inputs) -> str:
    """Sum of the delays as a formula, "0" without any."""
    found = [inputs.cell("delay", one.years) for one in effects if isinstance(one, Delay)]
    return "+".join(found) or "0"


def disturbed(effects: Sequence[Effect], inputs: Inputs) -> Callable[[str, str, str], str]:
    """What makes of a base formula, a year's cell and the share of the year the disturbed one."""
    made: list[tuple[str, tuple[str, ...]]] = []
    for one in effects:
        if isinstance(one, Shock):
            cells = inputs.cell("shock_year", one.year), inputs.cell("shock_pct", one.pct)
            years = 1e6 if one.recovery is None else one.recovery  # never: not in any lifetime
            made.append(("shock", (*cells, inputs.cell("shock_recovery", years))))
        elif isinstance(one, Project):
            cells = inputs.cell("project_year", one.year), inputs.cell("project_amount", one.amount)
            made.append(("project", (*cells, inputs.cell("project_ramp", one.ramp))))

    def formula(value: str, year: str, part: str) -> str:
        for kind, (first, size, span) in made:
            if kind == "shock":
                felt = f"IF({year}<{first},0,MAX(0,1-({year}-{first})/{span}))"
                value = f"({value})*(1+{size}/100*{felt})"
            else:
                built = f"MIN(1,MAX(0,({year}-{first}+1)/{span}))"
                value = f"({value})+{size}*{built}*{part}"
        return value

    return formula


def held(value: str, limits: Limits) -> str:
    """The formula cut to what values are possible."""
    if limits.low is not None:
        value = f"MAX({limits.low!r},{value})"
    return value if limits.high is None else f"MIN({limits.high!r},{value})"


def identity(node: Node, cells: Mapping[str, str]) -> str:
    """A formula's body over cells that hold base units."""
    match node:
        case Number(value):
            return f"{value!r}"
        case Name(name):
            return cells[name]
        case Binary(sign, left, right):
            return f"({identity(left, cells)}{sign}{identity(right, cells)})"
        case Mean(pairs):
            parts = [(identity(v, cells), identity(w, cells)) for v, w in pairs]
            above = "+".join(f"{v}*{w}" for v, w in parts)
            return f"(({above})/({'+'.join(w for _, w in parts)}))"

"""Shapes of the statuses and of small marks, drawn in a box of 16 × 16.

Each reads in grey: shape first, then the word beside it, colour last.
"""

from __future__ import annotations

# Key of the scale -> shape.
STATUS_SHAPES = {
    "exceeded": "arrow_up",
    "met": "circle_tick",
    "on_track": "circle",
    "behind": "triangle",
    "at_risk": "diamond",
    "missed": "square_cross",
    "no_data": "circle_dashed",
    "not_due": "bar_dashed",
    "cannot_judge": "square_question",
}

_LINE = 'fill="none" stroke="{c}" stroke-width="2"'
_INNER = (
    '<path fill="none" stroke="{p}" stroke-width="2" stroke-linecap="round" '
    'stroke-linejoin="round" d="%s"/>'
)
_TICK, _CROSS = _INNER % "m4.6 8.3 2.4 2.4 4.5-5", _INNER % "m5 5 6 6m0-6-6 6"
_TILE = '<rect x="1" y="1" width="14" height="14" rx="1.5" fill="{c}"/>'

# {c} is the role's colour, {p} the page's.
PATHS = {
    "arrow_up": '<path fill="{c}" d="M8 .8 15 8.6h-4V15H5V8.6H1z"/>',
    "circle_tick": f'<circle cx="8" cy="8" r="7" fill="{{c}}"/>{_TICK}',
    "circle": '<circle cx="8" cy="8" r="6.2" fill="{c}"/>',
    "triangle": f'<path {_LINE} stroke-linejoin="round" d="M8 2.2 14.4 13.6H1.6z"/>',
    "diamond": '<path fill="{c}" d="M8 .4 15.6 8 8 15.6.4 8z"/>',
    "square_cross": f'<rect x="1.5" y="1.5" width="13" height="13" rx="1" fill="{{c}}"/>{_CROSS}',
    "circle_dashed": f'<circle cx="8" cy="8" r="6.2" {_LINE} stroke-dasharray="2.9 1.97"/>',
    "bar_dashed": '<path stroke="{c}" stroke-width="4" stroke-dasharray="3.6 1.6" d="M1 8h14"/>',
    "square_question": (
        f'<rect x="2" y="2" width="12" height="12" {_LINE}/>'
        '<path fill="none" stroke="{c}" stroke-width="1.7" '
        'd="M5.9 6.5a2.1 2.1 0 1 1 3.2 1.8c-.8.5-1.1.8-1.1 1.5"/>'
        '<circle cx="8" cy="11.5" r="1" fill="{c}"/>'
    ),
    # years of an every-year target
    "year_met": f"{_TILE}{_TICK}",
    "year_missed": f"{_TILE}{_CROSS}",
    "year_running": (
        f'<rect x="2" y="2" width="12" height="12" rx="1" {_LINE}/>'
        '<circle cx="8" cy="8" r="2.4" fill="{c}"/>'
    ),
    "year_no_data": f'<path {_LINE} stroke-dasharray="2.4 2.4" stroke-dashoffset="1.2" '
    'd="M2 2h12v12H2z"/>',
    "year_to_come": (
        '<rect x="1.75" y="1.75" width="12.5" height="12.5" rx="1" '
        'fill="none" stroke="{c}" stroke-width="1.5"/>'
    ),
    # ends and small points
    "bracket_open": '<path fill="none" stroke="{c}" stroke-width="2.5" d="M11 1H8v14h3"/>',
    "bracket_close": '<path fill="none" stroke="{c}" stroke-width="2.5" d="M5 1h3v14H5"/>',
    "dot": '<circle cx="8" cy="8" r="6" fill="{c}"/>',
    "dot_hollow": '<circle cx="8" cy="8" r="5" fill="{p}" stroke="{c}" stroke-width="3"/>',
    "more": '<path fill="none" stroke="{c}" stroke-width="2" d="m10 4 4 4-4 4"/>',
}


def drawn(shape: str, colour: str, page: str) -> str:
    """The SVG of a shape in its box of 16 × 16.

    Raises:
        ValueError: no such shape.
    """
    try:
        template = PATHS[shape]
    except KeyError:
        raise ValueError(f"no shape {shape!r}") from None
    return template.replace("{c}", colour).replace("{p}", page)

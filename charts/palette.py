"""Colours of the figures: light, dark, and paper (black and grey only).

A role is what a thing is (actual, path, target, a status), never a colour's name. Marks keep
3:1 and words 4.5:1 against page and raised surface (WCAG 2.2, 1.4.3 and 1.4.11; the tests
measure it); any two statuses differ by a CIEDE2000 of 15 or more, also for colour-blind readers
(simulated after Machado, Oliveira and Fernandes, 2009).
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

THEMES = ("light", "dark", "paper")

_NAMES = (
    "page", "raised", "ink", "muted", "link", "control", "hairline",
    "ground", "shade", "actual", "path", "target",
    "fan80", "fan95", "fan_edge", "fan_middle",
    "exceeded", "met", "on_track", "behind", "at_risk", "missed",
    "no_data", "not_due", "cannot_judge",
)  # fmt: skip

_LIGHT = (
    "#FFFFFF", "#F0F2F6", "#1A1D21", "#4A5260", "#0B57A4", "#7A838F", "#D5D9DF",
    "#EDEFF2", "#DCE0E6", "#33475B", "#5B6470", "#1A1D21",
    "#C9DBF0", "#E4EDF8", "#6B8FBF", "#0B4F94",
    "#022B63", "#4C88CF", "#116A5F", "#C07A00", "#B03A28", "#611B28",
    "#808A94", "#808A94", "#808A94",
)  # fmt: skip

_DARK = (
    "#0E1117", "#262730", "#FAFAFA", "#C2C7D0", "#8CC2FF", "#8A93A0", "#3A414D",
    "#262B34", "#3A414D", "#B9C6D6", "#A6AEBA", "#FFFFFF",
    "#24456B", "#172C45", "#5E8CC2", "#8CC2FF",
    "#C3CDED", "#6E8FE6", "#87F1BE", "#FFDA33", "#E18E56", "#D33F65",
    "#919397", "#919397", "#919397",
)  # fmt: skip

# Documents are black: on paper a status is its shape and its word.
_PAPER = (
    "#FFFFFF", "#FFFFFF", "#000000", "#3C3C3C", "#000000", "#6E6E6E", "#C8C8C8",
    "#F2F2F2", "#DEDEDE", "#2B2B2B", "#555555", "#000000",
    "#CFCFCF", "#E8E8E8", "#808080", "#2B2B2B",
    *["#000000"] * 6,
    "#6E6E6E", "#6E6E6E", "#6E6E6E",
)  # fmt: skip

_PALETTES = {
    theme: MappingProxyType(dict(zip(_NAMES, colours, strict=True)))
    for theme, colours in zip(THEMES, (_LIGHT, _DARK, _PAPER), strict=True)
}

# Cells of a heat table, low to high, and the ink on each; the number is always printed.
HEAT = ("#EEF3FA", "#C6D9F0", "#8DB3DE", "#3D74B1", "#12457F")
HEAT_INK = ("#1A1D21", "#1A1D21", "#1A1D21", "#FFFFFF", "#FFFFFF")


def palette(theme: str) -> Mapping[str, str]:
    """Role -> colour of a theme: light, dark or paper.

    Raises:
        ValueError: another theme.
    """
    try:
        return _PALETTES[theme]
    except KeyError:
        raise ValueError(f"no theme {theme!r}") from None

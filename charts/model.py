"""The one figure model: named parts in data units, texts already formatted.

Everything that a reader can see stands here once; ``to_svg`` and ``to_plotly`` only draw it.
A part has a ``role`` (what it is: actual, path, target, a status), which the palette of a
theme gives a colour. Offsets (``dx``, ``dy``) and thicknesses are pixels, y grows upwards in
data and downwards in pixels.
"""

from __future__ import annotations

from dataclasses import dataclass, field

SOLID, DASHED, FINE_DASH = "solid", "dashed", "fine_dash"
DOTTED, DASH_DOT, LONG_DASH = "dotted", "dash_dot", "long_dash"


@dataclass(frozen=True, slots=True)
class Tick:
    """A labelled place on an axis."""

    at: float
    text: str


@dataclass(frozen=True, slots=True)
class Axis:
    """One direction: from low to high, with ticks and what it counts."""

    low: float
    high: float
    ticks: tuple[Tick, ...] = ()
    title: str = ""


@dataclass(frozen=True, slots=True)
class Point:
    """One value: hollow where it is not final, text for the reader who points at it."""

    x: float
    y: float
    text: str = ""
    hollow: bool = False


@dataclass(frozen=True, slots=True)
class Series:
    """Points in order, None for a gap that no line crosses.

    line: how they are joined ("" = not at all). marker: dot, small, square, tick, or "".
    """

    name: str
    role: str
    points: tuple[Point | None, ...]
    line: str = SOLID
    marker: str = ""
    width: float = 2.0


@dataclass(frozen=True, slots=True)
class Band:
    """An area between low and high over x: (x, low, high) in order of x."""

    name: str
    role: str
    edges: tuple[tuple[float, float, float], ...]
    outline: str = ""


@dataclass(frozen=True, slots=True)
class Bar:
    """A horizontal bar between two x at a height, ``thickness`` pixels thick.

    fill: solid, hollow (outlined), dashed (outlined by dashes) or hatched.
    """

    name: str
    role: str
    start: float
    end: float
    thickness: float
    y: float = 0.5
    fill: str = "solid"


@dataclass(frozen=True, slots=True)
class Mark:
    """A shape at a place; ``shape`` is a name of ``charts.shapes``, ``size`` its box."""

    name: str
    role: str
    shape: str
    x: float
    y: float = 0.5
    size: float = 16.0


@dataclass(frozen=True, slots=True)
class Rule:
    """A line across the figure at one x (or at one y, ``horizontal``), ``length`` pixels long.

    length 0: over the whole plot.
    """

    name: str
    role: str
    at: float
    horizontal: bool = False
    line: str = SOLID
    width: float = 1.0
    length: float = 0.0


@dataclass(frozen=True, slots=True)
class Label:
    """Lines of text that belong to a place, moved from it by dx and dy pixels.

    anchor: start, middle or end of the text stands there. leader: a hairline leads to the
    place. Height counts from the middle of the whole block. bold: its first line.
    """

    lines: tuple[str, ...]
    role: str
    x: float
    y: float
    dx: float = 0.0
    dy: float = 0.0
    anchor: str = "start"
    leader: bool = False
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Margins:
    """Pixels between the picture's edge and the plot."""

    left: float = 0.0
    top: float = 0.0
    right: float = 0.0
    bottom: float = 0.0


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture: what it shows, what it says, and where it comes from.

    title: the finding as a sentence. subtitle: measure, place, time. alt: for those who do
    not see it. notes: sentences under the picture, the source last.
    """

    width: float
    height: float
    x: Axis
    y: Axis
    alt: str
    margins: Margins = field(default_factory=Margins)
    title: str = ""
    subtitle: str = ""
    notes: tuple[str, ...] = ()
    bands: tuple[Band, ...] = ()
    bars: tuple[Bar, ...] = ()
    series: tuple[Series, ...] = ()
    marks: tuple[Mark, ...] = ()
    rules: tuple[Rule, ...] = ()
    labels: tuple[Label, ...] = ()

    def across(self, x: float) -> float:
        """Pixels from the left edge for a value of x."""
        room = self.width - self.margins.left - self.margins.right
        return self.margins.left + (x - self.x.low) / (self.x.high - self.x.low) * room

    def down(self, y: float) -> float:
        """Pixels from the top edge for a value of y."""
        room = self.height - self.margins.top - self.margins.bottom
        return self.margins.top + (self.y.high - y) / (self.y.high - self.y.low) * room

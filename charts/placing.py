"""Words beside what they name, without overlaps: the chart needs no legend box."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from .model import Figure, Label, Series
from .svg import LINE_HEIGHT, TEXT_SIZE

Array = npt.NDArray[np.float64]

_NARROW, _WIDE = frozenset("fijltrI.,:;'|!()[] \u00a0·"), frozenset("mwMWOQ%@—")
_GAP = 3.0
_MOVED = 6.0
_TOUCH = 40.0
_ON_SHADE = 0.02  # words may stand on a band, but rather beside it
_SLICE = 8.0


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in pixels."""

    left: float
    top: float
    right: float
    bottom: float

    def shared(self, other: Box) -> float:
        """Area that both cover."""
        across = min(self.right, other.right) - max(self.left, other.left)
        down = min(self.bottom, other.bottom) - max(self.top, other.top)
        return across * down if across > 0 and down > 0 else 0.0

    @property
    def area(self) -> float:
        """Width times height."""
        return (self.right - self.left) * (self.bottom - self.top)


def text_width(text: str, size: float = TEXT_SIZE, *, bold: bool = False) -> float:
    """Pixels of a text in a usual sans-serif, rather too many than too few."""
    ems = sum(
        0.31 if sign in _NARROW else 0.86 if sign in _WIDE else 0.68 if sign.isupper() else 0.55
        for sign in text
    )
    return ems * size * (1.06 if bold else 1.0)


def label_box(label: Label, figure: Figure) -> Box:
    """Where the words of a label stand in a figure."""
    width = max(text_width(line, bold=label.bold) for line in label.lines)
    height = LINE_HEIGHT * len(label.lines)
    x = figure.across(label.x) + label.dx
    y = figure.down(label.y) + label.dy
    left = x - {"start": 0.0, "middle": width / 2, "end": width}[label.anchor]
    return Box(left, y - height / 2, left + width, y + height / 2)


def beside(labels: Sequence[Label], figure: Figure) -> list[Label]:
    """Labels in the right margin, moved apart up and down; a moved one gets a leader."""
    ordered = sorted(labels, key=lambda label: figure.down(label.y))
    heights = [LINE_HEIGHT * len(label.lines) + _GAP for label in ordered]
    wanted = [figure.down(label.y) for label in ordered]
    centres = _apart(wanted, heights, figure.margins.top - 8, figure.height)
    return [
        replace(label, dy=centre - want, leader=abs(centre - want) > _MOVED)
        for label, centre, want in zip(ordered, centres, wanted, strict=True)
    ]


def _apart(
    wanted: Sequence[float], heights: Sequence[float], top: float, bottom: float
) -> list[float]:
    """Centres near the wanted ones, in their order, no two overlapping, inside top and bottom.

    Neighbours that collide are joined into a group around their mean, as long as any collide.
    """
    groups: list[tuple[list[int], float]] = []
    for index, want in enumerate(wanted):
        groups.append(([index], want))
        while len(groups) > 1:
            (above, y0), (below, y1) = groups[-2:]
            h0, h1 = sum(heights[i] for i in above), sum(heights[i] for i in below)
            if y1 - h1 / 2 >= y0 + h0 / 2:
                break
            members = above + below
            middle = (y0 * len(above) + y1 * len(below)) / len(members)
            groups[-2:] = [(members, min(max(middle, top + (h0 + h1) / 2), bottom - (h0 + h1) / 2))]
    centres = [0.0] * len(wanted)
    for members, middle in groups:
        total = sum(heights[i] for i in members)
        y = min(max(middle, top + total / 2), bottom - total / 2) - total / 2
        for i in members:
            centres[i] = y + heights[i] / 2
            y += heights[i]
    return centres


@dataclass(frozen=True, slots=True)
class Wish:
    """A label with its possible places, the best first.

    note: the sentence that says it instead where there is no place, or every place covers
        other words or the drawing.
    """

    places: Sequence[Label]
    note: str = ""


def inside(
    wishes: Sequence[Wish], figure: Figure, placed: Sequence[Label] = ()
) -> tuple[list[Label], list[str]]:
    """One label of each wish, at the first place that covers nothing, else the least.

    Args:
        wishes: the most important first: later ones give way.
        figure: what is drawn already; its lines and points are kept free.
        placed: words that stand already, as those in the right margin, into which others may run.

    Returns:
        The labels, and the notes of those that found no room.
    """
    drawn, shaded, words = (
        obstacles(figure),
        shades(figure),
        [label_box(one, figure) for one in placed],
    )
    plot = Box(figure.margins.left, 0, figure.width, figure.height - figure.margins.bottom)
    chosen, notes = [], []
    for wish in wishes:
        best, box = None, Box(0, 0, 0, 0)
        if wish.places:
            best = _best(wish.places, figure, plot, (drawn, shaded, words))
            box = label_box(best, figure)
        if best is None or (wish.note and _covers(box, drawn, words)):
            notes.append(wish.note)
            continue
        words.append(box)
        chosen.append(best)
    return chosen, notes


def _covers(box: Box, drawn: Sequence[Box], words: Sequence[Box]) -> bool:
    """Whether words would stand on words, or on more of the drawing than a touch."""
    return any(box.shared(other) for other in words) or (
        sum(box.shared(other) for other in drawn) > _TOUCH
    )


def _best(
    places: Sequence[Label],
    figure: Figure,
    plot: Box,
    taken: tuple[Sequence[Box], Sequence[Box], Sequence[Box]],
) -> Label:
    """The first of the places that cost least; all are weighed at once, which is much faster."""
    drawn, shaded, words = (_table(boxes) for boxes in taken)
    boxes = _table([label_box(label, figure) for label in places])
    area = (boxes[:, 2] - boxes[:, 0]) * (boxes[:, 3] - boxes[:, 1])
    cost = 3 * (area - _covered(boxes, _table([plot]))) + _covered(boxes, drawn)
    cost += _ON_SHADE * _covered(boxes, shaded)
    return places[int(np.argmin(np.round(cost + 5 * _covered(boxes, words), 1)))]


def _table(boxes: Sequence[Box]) -> Array:
    """Boxes as rows of left, top, right, bottom."""
    return np.array([(b.left, b.top, b.right, b.bottom) for b in boxes], float).reshape(-1, 4)


def _covered(boxes: Array, others: Array) -> Array:
    """Of each box the area that others cover, those that overlap counted each."""
    low = np.maximum(boxes[:, None, :2], others[None, :, :2])
    high = np.minimum(boxes[:, None, 2:], others[None, :, 2:])
    found: Array = np.clip(high - low, 0.0, None).prod(axis=2).sum(axis=1)
    return found


def obstacles(figure: Figure) -> list[Box]:
    """What words should not cover: points, and lines in small pieces."""
    boxes = []
    for series in figure.series:
        boxes += _pieces(series, figure)
    for rule in figure.rules:
        if not rule.horizontal:
            x = figure.across(rule.at)
            floor = figure.height - figure.margins.bottom
            boxes.append(Box(x - 1, figure.margins.top, x + 1, floor))
    return boxes


def shades(figure: Figure) -> list[Box]:
    """The bands of a figure as upright slices."""
    return [
        piece
        for band in figure.bands
        for one, other in pairwise(band.edges)
        for piece in _slices(one, other, figure)
    ]


def _slices(
    one: tuple[float, float, float], other: tuple[float, float, float], figure: Figure
) -> Iterator[Box]:
    left, right = figure.across(one[0]), figure.across(other[0])
    parts = max(int((right - left) // _SLICE), 1)
    for part in range(parts):
        share = (part + 0.5) / parts
        low, high = (one[i] + (other[i] - one[i]) * share for i in (1, 2))
        start = left + (right - left) * part / parts
        yield Box(start, figure.down(high), start + (right - left) / parts, figure.down(low))


def _pieces(series: Series, figure: Figure) -> list[Box]:
    boxes = []
    before: tuple[float, float] | None = None
    for point in series.points:
        if point is None:
            before = None
            continue
        x, y = figure.across(point.x), figure.down(point.y)
        reach = 10.0 if series.marker == "tick" else 6.0 if series.marker else 2.0
        boxes.append(Box(x - reach, y - min(reach, 6), x + reach, y + min(reach, 6)))
        if before and series.line:
            parts = max(int(max(abs(x - before[0]), abs(y - before[1])) // 6), 1)
            for part in range(1, parts):
                u = before[0] + (x - before[0]) * part / parts
                v = before[1] + (y - before[1]) * part / parts
                boxes.append(Box(u - 3.5, v - 3.5, u + 3.5, v + 3.5))
        before = (x, y)
    return boxes

"""How often stated chances came true: one point a tenth, on the line if the statements held."""

from __future__ import annotations

from collections.abc import Sequence

from i18n.numbers import percent
from i18n.words import words

from .model import DASHED, Axis, Figure, Label, Margins, Point, Series, Tick

_TICKS = range(0, 101, 20)
_MARGINS = Margins(left=48, top=28, right=22, bottom=48)


def calibration(
    tenths: Sequence[tuple[float, float]],
    alt: str,
    lang: str = "vi",
    width: float = 360,
    height: float = 320,
) -> Figure:
    """Stated chance against the share that came true.

    Args:
        tenths: (stated, came true) as shares 0 to 1, in order.
        alt: the finding as a sentence.
        lang: "vi" or "en".
        width: pixels.
        height: pixels.
    """
    _ = words(lang)
    ticks = tuple(Tick(float(at), percent(at, 0, lang)) for at in _TICKS)
    points = tuple(
        Point(
            100 * stated,
            100 * came,
            _(
                "methodpage.calibration_point",
                stated=percent(100 * stated, 1, lang),
                came=percent(100 * came, 1, lang),
            ),
        )
        for stated, came in tenths
    )
    ideal = (Point(0.0, 0.0), Point(100.0, 100.0))
    return Figure(
        width,
        height,
        Axis(0.0, 100.0, ticks),
        Axis(0.0, 100.0, ticks, _("methodpage.calibration_y")),
        alt,
        _MARGINS,
        series=(
            Series(_("methodpage.calibration_ideal"), "path", ideal, DASHED, "", 1.5),
            Series(_("methodpage.calibration_points"), "actual", points, "", "dot"),
        ),
        labels=(
            Label((_("methodpage.calibration_ideal"),), "muted", 62.0, 62.0, -10, -14, "end"),
            Label((_("methodpage.calibration_x"),), "muted", 100.0, 0.0, 0, 38, "end"),
        ),
    )

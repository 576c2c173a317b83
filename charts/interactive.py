"""A figure as Plotly: the one chart of a page whose values answer to the pointer.

Same parts, same numbers, same words as ``to_svg``; a test holds the two together. Show it
with ``st.plotly_chart(figure, theme=None, config=CONFIG)``.
"""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Any

import plotly.graph_objects as go

from .model import Axis, Band, Figure, Label, Rule, Series
from .palette import palette
from .svg import DASHES, TEXT_SIZE

CONFIG = {"displayModeBar": False, "scrollZoom": False, "doubleClick": False}
FONTS = '"Source Sans", "Source Sans 3", "Source Sans Pro", "Segoe UI", Arial, sans-serif'

_SYMBOLS = {"dot": "circle", "small": "circle", "square": "square", "tick": "line-ew"}
_SIZES = {"dot": 9, "small": 6, "square": 8, "tick": 18}


def to_plotly(figure: Figure, theme: str = "light", lang: str = "vi") -> go.Figure:
    """The figure as a Plotly figure without template, its texts those of the figure.

    Args:
        figure: lines, bands, rules and words; bars and single marks belong to rows.
        theme: light, dark or paper.
        lang: "vi" or "en", for the separators.

    Raises:
        ValueError: the figure has bars or marks, or the theme is another.
    """
    if figure.bars or figure.marks:
        raise ValueError("bars and marks are drawn as SVG only")
    colours = palette(theme)
    traces = [_band(band, colours) for band in figure.bands]
    traces += [_series(series, colours) for series in figure.series]
    drawn = go.Figure({"data": traces, "layout": _layout(figure, colours, lang)})
    drawn.layout.template = None
    return drawn


def _layout(figure: Figure, colours: Mapping[str, str], lang: str) -> dict[str, Any]:
    margins = figure.margins
    return {
        "height": figure.height,
        "margin": {
            "l": margins.left, "t": margins.top, "r": margins.right, "b": margins.bottom, "pad": 0,
        },
        "separators": ",." if lang == "vi" else ".,",
        "font": {"family": FONTS, "size": TEXT_SIZE, "color": colours["muted"]},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "showlegend": False,
        "hovermode": "closest",
        "dragmode": False,
        "hoverlabel": {
            "bgcolor": colours["raised"],
            "bordercolor": colours["control"],
            "font": {"family": FONTS, "size": 14, "color": colours["ink"]},
            "align": "left",
        },
        "xaxis": _axis(figure.x, colours, lines=False),
        "yaxis": _axis(figure.y, colours, lines=True),
        "shapes": [_rule(rule, colours) for rule in figure.rules],
        "annotations": [_label(label, colours) for label in figure.labels]
        + _axis_title(figure, colours),
    }  # fmt: skip


def _axis(axis: Axis, colours: Mapping[str, str], *, lines: bool) -> dict[str, Any]:
    return {
        "range": [axis.low, axis.high],
        "tickmode": "array",
        "tickvals": [tick.at for tick in axis.ticks],
        "ticktext": [tick.text for tick in axis.ticks],
        "tickfont": {"color": colours["muted"], "size": TEXT_SIZE},
        "fixedrange": True,
        "showgrid": lines,
        "gridcolor": colours["hairline"],
        "zeroline": False,
        "showline": not lines,
        "linecolor": colours["control"],
        "ticks": "" if lines else "outside",
        "tickcolor": colours["control"],
        "ticklen": 5,
        "showspikes": False,
    }


def _axis_title(figure: Figure, colours: Mapping[str, str]) -> list[dict[str, Any]]:
    """What the axis counts, level above it: never turned by 90°."""
    if not figure.y.title:
        return []
    return [
        {
            "text": escape(figure.y.title, quote=False),
            "xref": "paper", "yref": "paper", "x": 0, "y": 1,
            "xshift": -figure.margins.left, "yshift": figure.margins.top,
            "xanchor": "left", "yanchor": "top",
            "showarrow": False, "font": {"color": colours["muted"], "size": TEXT_SIZE},
        }
    ]  # fmt: skip


def _dash(line: str) -> str:
    return ",".join(f"{length}px" for length in DASHES[line].split()) or "solid"


def _series(series: Series, colours: Mapping[str, str]) -> dict[str, Any]:
    colour, points = colours[series.role], series.points
    modes = [mode for mode, has in (("lines", series.line), ("markers", series.marker)) if has]
    trace: dict[str, Any] = {
        "type": "scatter",
        "name": series.name,
        "x": [None if p is None else p.x for p in points],
        "y": [None if p is None else p.y for p in points],
        "hovertext": ["" if p is None else escape(p.text, quote=False) for p in points],
        "hoverinfo": "text" if any(p and p.text for p in points) else "skip",
        "mode": "+".join(modes),
        "connectgaps": False,
        "cliponaxis": False,
    }
    if series.line:
        trace["line"] = {"color": colour, "width": series.width, "dash": _dash(series.line)}
    if series.marker:
        hollow = [bool(p and p.hollow) for p in points]
        trace["marker"] = {
            "symbol": _SYMBOLS[series.marker],
            "size": _SIZES[series.marker],
            "opacity": 1,
            "color": [colours["page"] if h else colour for h in hollow],
            "line": {"color": colour, "width": 4 if series.marker == "tick" else 1.8},
        }
    return trace


def _band(band: Band, colours: Mapping[str, str]) -> dict[str, Any]:
    xs = [x for x, _, _ in band.edges]
    outline = colours[band.outline] if band.outline else "rgba(0,0,0,0)"
    return {
        "type": "scatter",
        "name": band.name,
        "x": xs + xs[::-1],
        "y": [high for _, _, high in band.edges] + [low for _, low, _ in band.edges][::-1],
        "mode": "lines",
        "fill": "toself",
        "fillcolor": colours[band.role],
        "line": {"color": outline, "width": 1},
        "hoverinfo": "skip",
    }


def _rule(rule: Rule, colours: Mapping[str, str]) -> dict[str, Any]:
    along, across = ("x", "y") if rule.horizontal else ("y", "x")
    return {
        "type": "line", "layer": "below", "name": rule.name,
        f"{along}ref": "paper", f"{along}0": 0, f"{along}1": 1,
        f"{across}0": rule.at, f"{across}1": rule.at,
        "line": {"color": colours[rule.role], "width": rule.width, "dash": _dash(rule.line)},
    }  # fmt: skip


def _label(label: Label, colours: Mapping[str, str]) -> dict[str, Any]:
    first, *rest = [escape(line, quote=False) for line in label.lines]
    text = "<br>".join([f"<b>{first}</b>" if label.bold else first, *rest])
    anchor = {"start": "left", "middle": "center", "end": "right"}[label.anchor]
    annotation: dict[str, Any] = {
        "text": text,
        "x": label.x,
        "y": label.y,
        "xanchor": anchor,
        "yanchor": "middle",
        "align": anchor,
        "borderpad": 0,
        "font": {
            "color": colours[label.role],
            "size": TEXT_SIZE,
            "shadow": _halo(colours["page"]),
        },
    }
    if label.leader:
        return annotation | {
            "showarrow": True, "arrowhead": 0, "arrowwidth": 1, "arrowcolor": colours["control"],
            "ax": label.dx, "ay": label.dy, "standoff": 3,
        }  # fmt: skip
    return annotation | {"showarrow": False, "xshift": label.dx, "yshift": -label.dy}


def _halo(colour: str) -> str:
    """An edge around letters that keeps them readable on lines and hides nothing behind them."""
    return ", ".join(f"{x}px {y}px 0 {colour}" for x in (-1, 0, 1) for y in (-1, 0, 1) if x or y)

"""A figure as SVG text: for rows, print, Word and PDF.

The text stands alone (own namespace, no outside fonts or style), so it also works as a data
URI. Every text is escaped.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Mapping
from html import escape

from . import model
from .model import Band, Bar, Figure, Label, Mark, Point, Rule, Series
from .palette import palette
from .shapes import drawn

FONTS = (
    "'Source Sans','Source Sans 3','Source Sans Pro','Segoe UI',Roboto,'Noto Sans',"
    "'Liberation Sans',Arial,sans-serif"
)
PAPER_FONTS = "'Times New Roman',Tinos,'Liberation Serif',serif"
TEXT_SIZE = 13
LINE_HEIGHT = 17  # Plotly sets lines 1.3 of the size apart: both renderers do the same

DASHES = {
    model.SOLID: "",
    model.DASHED: "5 4",
    model.FINE_DASH: "3 2",
    model.DOTTED: "1.5 3",
    model.DASH_DOT: "8 3 1.5 3",
    model.LONG_DASH: "11 4",
}
_RADIUS = {"dot": 4.2, "small": 2.6, "square": 3.6}


def to_svg(figure: Figure, theme: str = "light") -> str:
    """The figure as one line of SVG.

    Args:
        figure: what is drawn.
        theme: light, dark or paper.

    Raises:
        ValueError: another theme, or a shape that does not exist.
    """
    colours = palette(theme)
    width, height = _n(figure.width), _n(figure.height)
    fonts = PAPER_FONTS if theme == "paper" else FONTS
    written = figure.labels or figure.x.ticks or figure.y.ticks
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" '
        f'viewBox="0 0 {width} {height}" role="img"'
        + (f' font-family="{fonts}" font-size="{TEXT_SIZE}">' if written else ">"),
        f"<title>{escape(figure.title or figure.alt, quote=False)}</title>",
    ]
    if figure.title and figure.alt != figure.title:
        parts.append(f"<desc>{escape(figure.alt, quote=False)}</desc>")
    parts += _axes(figure, colours)
    parts += [_band(band, figure, colours) for band in figure.bands]
    parts += [_bar(bar, figure, colours) for bar in figure.bars]
    parts += [_rule(rule, figure, colours) for rule in figure.rules]
    parts += [_series(series, figure, colours) for series in figure.series]
    parts += [_mark(mark, figure, colours) for mark in figure.marks]
    parts += [_label(label, figure, colours) for label in figure.labels]
    parts.append("</svg>")
    return "".join(parts)


def data_uri(svg: str) -> str:
    """The SVG as the ``src`` of an image."""
    return "data:image/svg+xml;base64," + b64encode(svg.encode()).decode()


def _n(value: float) -> str:
    """A pixel value with at most two decimals."""
    text = f"{value:.2f}"
    return text[:-3] if text.endswith(".00") else text


def _axes(figure: Figure, colours: Mapping[str, str]) -> list[str]:
    if not figure.y.ticks and not figure.x.ticks:
        return []
    left, right = _n(figure.margins.left), _n(figure.width - figure.margins.right)
    floor = figure.height - figure.margins.bottom
    parts = [f'<g fill="{colours["muted"]}">']
    for tick in figure.y.ticks:
        y = figure.down(tick.at)
        parts.append(
            f'<path stroke="{colours["hairline"]}" d="M{left} {_n(y)}H{right}"/>'
            f'<text x="{_n(figure.margins.left - 8)}" y="{_n(y + 4.5)}" text-anchor="end">'
            f"{escape(tick.text, quote=False)}</text>"
        )
    if figure.y.title:
        parts.append(f'<text x="0" y="{TEXT_SIZE}">{escape(figure.y.title, quote=False)}</text>')
    parts += [
        f'<path stroke="{colours["control"]}" d="M{_n(figure.across(tick.at))} {_n(floor)}v5"/>'
        f'<text x="{_n(figure.across(tick.at))}" y="{_n(floor + 19)}" text-anchor="middle">'
        f"{escape(tick.text, quote=False)}</text>"
        for tick in figure.x.ticks
    ]
    if figure.x.ticks:
        parts.append(f'<path stroke="{colours["control"]}" d="M{left} {_n(floor)}H{right}"/>')
    return [*parts, "</g>"]


def _band(band: Band, figure: Figure, colours: Mapping[str, str]) -> str:
    upper = [f"{_n(figure.across(x))} {_n(figure.down(high))}" for x, _, high in band.edges]
    lower = [f"{_n(figure.across(x))} {_n(figure.down(low))}" for x, low, _ in band.edges]
    shape = "M" + "L".join(upper) + "L" + "L".join(lower[::-1]) + "Z"
    drawing = f'<path fill="{colours[band.role]}" d="{shape}"/>'
    if band.outline:
        edges = "".join(f"M{'L'.join(edge)}" for edge in (upper, lower))
        drawing += f'<path fill="none" stroke="{colours[band.outline]}" d="{edges}"/>'
    return f'<g data-name="{escape(band.name)}">{drawing}</g>'


def _bar(bar: Bar, figure: Figure, colours: Mapping[str, str]) -> str:
    start, end = sorted((figure.across(bar.start), figure.across(bar.end)))
    inset = 0.0 if bar.fill == "solid" else 0.75
    y = figure.down(bar.y) - bar.thickness / 2 + inset
    colour = colours[bar.role]
    paint = f'fill="{colour}"'
    if bar.fill != "solid":
        inside = colours["page"] if bar.fill == "hollow" else "none"
        paint = f'fill="{inside}" stroke="{colour}" stroke-width="1.5"'
        if bar.fill == "dashed":
            paint += ' stroke-dasharray="3 2.5"'
    return (
        f'<rect data-name="{escape(bar.name)}" x="{_n(start + inset)}" y="{_n(y)}" '
        f'width="{_n(max(end - start - 2 * inset, 1))}" '
        f'height="{_n(bar.thickness - 2 * inset)}" {paint}/>'
    )


def _rule(rule: Rule, figure: Figure, colours: Mapping[str, str]) -> str:
    margins = figure.margins
    if rule.horizontal:
        y = _n(figure.down(rule.at))
        path = f"M{_n(margins.left)} {y}H{_n(figure.width - margins.right)}"
    else:
        top, floor = margins.top, figure.height - margins.bottom
        if rule.length:
            top, floor = (figure.height - rule.length) / 2, (figure.height + rule.length) / 2
        path = f"M{_n(figure.across(rule.at))} {_n(top)}V{_n(floor)}"
    return f'<path data-name="{escape(rule.name)}" {_stroke(rule, colours)} d="{path}"/>'


def _stroke(line: Rule | Series, colours: Mapping[str, str]) -> str:
    dash = f' stroke-dasharray="{DASHES[line.line]}"' if DASHES[line.line] else ""
    return f'fill="none" stroke="{colours[line.role]}" stroke-width="{_n(line.width)}"{dash}'


def _series(series: Series, figure: Figure, colours: Mapping[str, str]) -> str:
    places = [
        None if point is None else (figure.across(point.x), figure.down(point.y), point)
        for point in series.points
    ]
    drawing = ""
    if series.line:
        path, pen = "", "M"
        for place in places:
            path += f"{pen}{_n(place[0])} {_n(place[1])}" if place else ""
            pen = "L" if place else "M"
        drawing = f'<path {_stroke(series, colours)} stroke-linejoin="round" d="{path}"/>'
    if series.marker:
        drawing += "".join(
            _dot(series, place[0], place[1], place[2], colours) for place in places if place
        )
    return f'<g data-name="{escape(series.name)}">{drawing}</g>'


def _dot(series: Series, x: float, y: float, point: Point, colours: Mapping[str, str]) -> str:
    colour = colours[series.role]
    if series.marker == "tick":
        return f'<path stroke="{colour}" stroke-width="4" d="M{_n(x - 9)} {_n(y)}h18"/>'
    radius = _RADIUS[series.marker]
    fill = (
        f'fill="{colours["page"]}" stroke="{colour}" stroke-width="1.8"'
        if point.hollow
        else f'fill="{colour}"'
    )
    if series.marker == "square":
        side = _n(2 * radius)
        return (
            f'<rect x="{_n(x - radius)}" y="{_n(y - radius)}" '
            f'width="{side}" height="{side}" {fill}/>'
        )
    text = f"<title>{escape(point.text, quote=False)}</title>" if point.text else ""
    circle = f'cx="{_n(x)}" cy="{_n(y)}" r="{_n(radius)}" {fill}'
    return f"<circle {circle}>{text}</circle>" if text else f"<circle {circle}/>"


def _mark(mark: Mark, figure: Figure, colours: Mapping[str, str]) -> str:
    x, y = figure.across(mark.x) - mark.size / 2, figure.down(mark.y) - mark.size / 2
    scale = f" scale({_n(mark.size / 16)})" if mark.size != 16 else ""
    return (
        f'<g data-name="{escape(mark.name)}" data-shape="{mark.shape}" '
        f'transform="translate({_n(x)} {_n(y)}){scale}">'
        f"{drawn(mark.shape, colours[mark.role], colours['page'])}</g>"
    )


def _label(label: Label, figure: Figure, colours: Mapping[str, str]) -> str:
    x, y = figure.across(label.x), figure.down(label.y)
    top = y + label.dy - LINE_HEIGHT * len(label.lines) / 2 + TEXT_SIZE - 0.5
    bold = ' font-weight="600"' if label.bold else ""
    lines = "".join(
        f'<tspan x="{_n(x + label.dx)}" y="{_n(top + LINE_HEIGHT * index)}"'
        f"{'' if index else bold}>{escape(line, quote=False)}</tspan>"
        for index, line in enumerate(label.lines)
    )
    leader = ""
    if label.leader:
        side = -1 if label.anchor == "end" else 1
        leader = (
            f'<path fill="none" stroke="{colours["control"]}" d="M{_n(x + 4 * side)} {_n(y)}'
            f'L{_n(x + label.dx - 4 * side)} {_n(y + label.dy)}"/>'
        )
    # A halo in the page's colour keeps words readable over lines and bands.
    return (
        f'{leader}<text fill="{colours[label.role]}" stroke="{colours["page"]}" stroke-width="3" '
        f'stroke-linejoin="round" paint-order="stroke" text-anchor="{label.anchor}">{lines}</text>'
    )

"""A figure that stands alone, with its sentence, subtitle and notes: for download and print."""

from __future__ import annotations

from html import escape

from .model import Figure
from .palette import palette
from .placing import text_width
from .svg import FONTS, PAPER_FONTS, TEXT_SIZE, to_svg

TITLE_SIZE, TITLE_STEP, NOTE_STEP, EDGE = 16, 21, 17, 12


def framed_svg(figure: Figure, theme: str = "light") -> str:
    """The figure on its own ground: title and subtitle above, notes below, wrapped to its width.

    Raises:
        ValueError: another theme.
    """
    colours = palette(theme)
    room = figure.width - 2 * EDGE
    above = [(line, TITLE_SIZE, "ink") for line in wrapped(figure.title, room, TITLE_SIZE)]
    above += [(line, TEXT_SIZE, "muted") for line in wrapped(figure.subtitle, room, TEXT_SIZE)]
    below = [line for note in figure.notes for line in wrapped(note, room, TEXT_SIZE)]
    head = EDGE + TITLE_STEP * len(above) + (6 if above else 0)
    height = head + figure.height + NOTE_STEP * len(below) + EDGE
    fonts = PAPER_FONTS if theme == "paper" else FONTS
    texts = [
        f'<text x="{EDGE}" y="{EDGE + TITLE_STEP * index + 15}" font-size="{size}" '
        f'fill="{colours[role]}"{_weight(role)}>{escape(line, quote=False)}</text>'
        for index, (line, size, role) in enumerate(above)
    ]
    texts += [
        f'<text x="{EDGE}" y="{head + figure.height + NOTE_STEP * index + 13:.0f}" '
        f'font-size="{TEXT_SIZE}" fill="{colours["muted"]}">{escape(line, quote=False)}</text>'
        for index, line in enumerate(below)
    ]
    inner = to_svg(figure, theme).replace("<svg ", f'<svg x="{EDGE}" y="{head}" ', 1)
    width = figure.width + 2 * EDGE
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:.0f}" height="{height:.0f}" '
        f'viewBox="0 0 {width:.0f} {height:.0f}" font-family="{fonts}">'
        f'<rect width="100%" height="100%" fill="{colours["page"]}"/>{"".join(texts)}{inner}</svg>'
    )


def _weight(role: str) -> str:
    return ' font-weight="600"' if role == "ink" else ""


def wrapped(text: str, room: float, size: float) -> list[str]:
    """The text in lines that fit into so many pixels; a longer word keeps its own line."""
    lines: list[str] = []
    for word in text.split(" "):
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and text_width(longer, size) <= room:
            lines[-1] = longer
        elif word:
            lines.append(word)
    return lines

"""The mark of a status: a shape of 16 pixels, its colour, its word as alt text."""

from __future__ import annotations

from functools import lru_cache

from i18n.labels import scale_text

from .model import Axis, Figure, Mark
from .shapes import STATUS_SHAPES
from .svg import data_uri, to_svg

SIZE = 16.0


def status_mark(scale: str, lang: str = "vi", size: float = SIZE) -> Figure:
    """The mark of one of the nine keys of the scale.

    Raises:
        ValueError: another key.
    """
    if scale not in STATUS_SHAPES:
        raise ValueError(f"no status {scale!r}")
    mark = Mark(scale, scale, STATUS_SHAPES[scale], 0.5, 0.5, size)
    return Figure(size, size, Axis(0, 1), Axis(0, 1), scale_text(scale, lang), marks=(mark,))


@lru_cache(maxsize=128)
def status_uri(scale: str, theme: str = "light", lang: str = "vi") -> str:
    """The mark as the ``src`` of an image.

    Raises:
        ValueError: no such status or theme.
    """
    return data_uri(to_svg(status_mark(scale, lang), theme))

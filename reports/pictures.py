"""A figure's SVG as PNG, the same on every machine: its letters come with the program."""

from __future__ import annotations

import struct
import zlib
from pathlib import Path

import resvg_py

_FONTS = Path(__file__).parent / "fonts"
_FILES = [str(_FONTS / name) for name in ("Tinos-Regular.ttf", "Tinos-Bold.ttf")]
_NAME = "Tinos"
_SIGNATURE_AND_HEAD = 8 + 25  # of a PNG: its signature and the chunk IHDR
DPI = 300
_INCH_M = 0.0254


def png(svg: str, width_cm: float) -> bytes:
    """The picture at 300 dots an inch, as wide as it stands on paper.

    Args:
        svg: as ``charts.svg`` and ``charts.framed`` give it, in the theme "paper".
        width_cm: on paper; the height follows.

    Raises:
        ValueError: no SVG, or no width.
    """
    if not 0 < width_cm <= 100:
        raise ValueError(f"no width: {width_cm} cm")
    drawn = resvg_py.svg_to_bytes(
        svg_string=svg,
        width=round(width_cm / 100 / _INCH_M * DPI),
        skip_system_fonts=True,
        font_files=_FILES,
        font_family=_NAME,
        serif_family=_NAME,
        sans_serif_family=_NAME,
        background="#ffffff",
    )
    return _with_density(bytes(drawn))


def _with_density(picture: bytes) -> bytes:
    """The PNG with its dots a metre, which says how large it is meant to be."""
    dots = round(DPI / _INCH_M)
    body = b"pHYs" + struct.pack(">IIB", dots, dots, 1)
    chunk = struct.pack(">I", len(body) - 4) + body + struct.pack(">I", zlib.crc32(body))
    return picture[:_SIGNATURE_AND_HEAD] + chunk + picture[_SIGNATURE_AND_HEAD:]

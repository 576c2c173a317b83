"""Pictures as PNG: the size that is asked for, and every Vietnamese letter without any font."""

from __future__ import annotations

import io
import unicodedata

import pytest
from PIL import Image

from reports.pictures import png

LETTERS = "ĂÂĐÊÔƠƯăâđêôơưẮẰẲẴẶẤẦẨẪẬẾỀỂỄỆỐỒỔỖỘỚỜỞỠỢỨỪỬỮỰắằẳẵặấầẩẫậếềểễệốồổỗộớờởỡợứừửữựỳỷỹỵ"
SIGNS = "−–“”…·×÷≥≤"


def drawn(text: str, style: str = "") -> Image.Image:
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="40">'
        f'<text x="6" y="30" font-size="24" font-family="Any" {style}>{text}</text></svg>'
    )
    return Image.open(io.BytesIO(png(svg, 1))).convert("L")


def test_a_picture_is_as_wide_as_on_paper_at_300_dots_an_inch():
    svg = '<svg xmlns="http://www.w3.org/2000/svg" width="200" height="100"/>'
    found = Image.open(io.BytesIO(png(svg, 16.5)))
    assert found.size == (1949, 975)  # 16.5 cm / 2.54 × 300, and half of it
    assert found.info["dpi"] == pytest.approx((300, 300), abs=0.1)


@pytest.mark.parametrize("style", ["", 'font-weight="600"'], ids=["regular", "bold"])
def test_every_vietnamese_letter_is_drawn_as_itself(style):
    missing = drawn("\N{KATAKANA LETTER A}", style)
    seen = set()
    for letter in LETTERS + SIGNS:
        found = drawn(letter, style)
        assert min(found.tobytes()) < 80, f"{letter} leaves no ink"
        assert found.tobytes() != missing.tobytes(), f"{letter} is drawn as a missing sign"
        bare = unicodedata.normalize("NFD", letter)[0]
        assert bare == letter or found.tobytes() != drawn(bare, style).tobytes(), letter
        seen.add(found.tobytes())
    assert len(seen) == len(set(LETTERS + SIGNS))


@pytest.mark.parametrize("svg", ["", "no picture", "<svg"])
def test_what_is_no_svg_is_refused(svg):
    with pytest.raises(ValueError, match=r"."):
        png(svg, 5)


@pytest.mark.parametrize("width", [0, -1, 101, float("nan")])
def test_a_width_that_is_none_is_refused(width):
    with pytest.raises(ValueError, match="no width"):
        png('<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>', width)

"""The pictures of an overview row: bullet, squares, area counts, sparkline, status mark."""

from base64 import b64decode
from xml.etree import ElementTree

import pytest

from charts.bullets import Bullet, area_counts, bullet, year_squares
from charts.model import Figure
from charts.palette import HEAT, HEAT_INK, THEMES, palette
from charts.shapes import PATHS, STATUS_SHAPES
from charts.sparklines import sparkline
from charts.statuses import status_mark, status_uri
from charts.svg import to_svg
from i18n.labels import SCALES

SVG = "{http://www.w3.org/2000/svg}"
NB = "\u00a0"


def parsed(figure: Figure, theme: str = "light") -> ElementTree.Element:
    return ElementTree.fromstring(to_svg(figure, theme))


def named(root: ElementTree.Element, name: str) -> list[ElementTree.Element]:
    return [e for e in root.iter() if e.get("data-name") == name]


def right_end(rect: ElementTree.Element) -> float:
    return float(rect.get("x")) + float(rect.get("width"))


def test_bullet_bars_are_as_long_as_their_values():
    # 2 px of room each side; the scale runs from 0 to 5,500 and 6 % more: 5,830 in 176 px
    figure = bullet(Bullet(3420, 3900, 5500, unit="doanh nghiệp", decimals=0))
    root = parsed(figure)
    (actual,) = named(root, "actual")
    (shade,) = named(root, "shade")
    (target,) = named(root, "target")
    (path,) = named(root, "path")
    assert float(actual.get("x")) == 2
    assert right_end(actual) == pytest.approx(2 + 3420 / 5830 * 176, abs=0.02)
    assert right_end(shade) == pytest.approx(2 + 3900 / 5830 * 176, abs=0.02)
    assert path.get("d").startswith(f"M{2 + 3900 / 5830 * 176:.2f} ")
    assert path.get("stroke-dasharray")
    assert target.get("d").startswith(f"M{2 + 5500 / 5830 * 176:.2f} ")
    assert float(target.get("stroke-width")) > float(path.get("stroke-width"))
    assert (root.get("width"), root.get("height")) == ("180", "22")


def test_bullet_says_the_same_in_words():
    figure = bullet(Bullet(3420, 3900, 5500, unit="doanh nghiệp", decimals=0))
    assert figure.alt == f"Thực hiện 3.420, lộ trình 3.900, mức đề ra 5.500{NB}doanh nghiệp"
    estimate = bullet(Bullet(61.5, None, 75, unit="%", hollow=True))
    assert estimate.alt == "Thực hiện 61,5% (ước tính), mức đề ra 75%"
    total = bullet(Bullet(37, 42, 100, 150, "dự án", 0, at_least=True), "en")
    assert total.alt == f"Actual at least 37, path 42, target 100–150{NB}projects"


def test_without_a_figure_there_is_no_bar_and_no_zero():
    figure = bullet(Bullet(None, 3900, 5500, unit="doanh nghiệp"))
    assert named(parsed(figure), "actual") == []
    assert figure.alt.startswith("Chưa có số liệu, lộ trình")
    assert "Thực hiện" not in figure.alt


def test_a_range_is_a_bracket_from_end_to_end():
    root = parsed(bullet(Bullet(37, 42, 100, 150, "dự án", 0)))
    shapes = [e.get("data-shape") for e in named(root, "target")]
    assert shapes[1:] == ["bracket_open", "bracket_close"]


def test_a_scale_that_does_not_start_at_zero_has_a_dot_instead_of_a_bar():
    figure = bullet(Bullet(88.4, 90, 90, unit="%", from_zero=False))
    (mark,) = named(parsed(figure), "actual")
    assert mark.get("data-shape") == "dot"
    assert figure.x.low > 0
    (hollow,) = named(
        parsed(bullet(Bullet(88.4, 90, 90, unit="%", from_zero=False, hollow=True))), "actual"
    )
    assert hollow.get("data-shape") == "dot_hollow"


def test_an_estimate_is_hollow():
    (solid,) = named(parsed(bullet(Bullet(50, None, 75))), "actual")
    (hollow,) = named(parsed(bullet(Bullet(50, None, 75, hollow=True))), "actual")
    assert solid.get("fill") == palette("light")["actual"]
    assert hollow.get("fill") == palette("light")["page"]
    assert hollow.get("stroke") == palette("light")["actual"]


def test_a_negative_value_reaches_left_of_zero():
    figure = bullet(Bullet(-2.5, 8, 8, unit="%"))
    (actual,) = named(parsed(figure), "actual")
    assert right_end(actual) == pytest.approx(figure.across(0), abs=0.02)
    assert float(actual.get("x")) == pytest.approx(figure.across(-2.5), abs=0.02)
    assert named(parsed(figure), "zero")


def test_a_target_of_zero_and_a_value_of_zero_can_be_drawn():
    figure = bullet(Bullet(0, 0, 0, unit="hợp tác xã", decimals=0))
    assert figure.x.high > figure.x.low
    assert figure.alt == f"Thực hiện 0, lộ trình 0, mức đề ra 0{NB}hợp tác xã"
    parsed(figure)


def test_years_are_squares_of_their_own_shape():
    states = ("met", "missed", "running", "to_come", "to_come")
    figure = year_squares(list(zip(range(2025, 2030), states, strict=True)))
    marks = [e for e in parsed(figure).iter() if e.get("data-shape")]
    assert [(e.get("data-name"), e.get("data-shape")) for e in marks] == [
        ("2025", "year_met"), ("2026", "year_missed"), ("2027", "year_running"),
        ("2028", "year_to_come"), ("2029", "year_to_come"),
    ]  # fmt: skip
    assert figure.alt == (
        "Năm 2025 đạt, năm 2026 không đạt, năm 2027 đang thực hiện, năm 2028–2029 chưa đến"
    )
    with pytest.raises(ValueError, match="late"):
        year_squares([(2025, "late")])


def test_few_areas_have_a_cell_each_many_share_a_bar():
    cells = area_counts(5, 7, 8)
    assert [b.name for b in cells.bars] == ["reaching"] * 5 + ["short"] * 2 + ["missing"]
    assert cells.alt == "5 trong 8 địa bàn đạt, 2 địa bàn chưa đạt, 1 địa bàn chưa có số liệu"
    shared = area_counts(40, 57, 75)
    assert [b.name for b in shared.bars] == ["reaching", "short", "missing"]
    assert shared.bars[0].end == pytest.approx(40, abs=0.4)
    assert [b.fill for b in shared.bars] == ["solid", "hollow", "dashed"]
    assert [b.name for b in area_counts(0, 0, 75).bars] == ["missing"]
    assert area_counts(1, 1, 1, "en").alt == "1 of 1 area reaches the target"
    with pytest.raises(ValueError, match="9, 7, 8"):
        area_counts(9, 7, 8)


def test_no_line_crosses_a_gap():
    figure = sparkline([(2020, 1.0), (2021, 2.0), (2022, None), (2023, 3.0), (2024, 4.0)], "%")
    (line,) = named(parsed(figure), "readings")
    (path,) = line.iter(f"{SVG}path")
    assert path.get("d").count("M") == 2
    assert path.get("d").count("L") == 2
    assert figure.alt == "4 kỳ, từ 1% đến 4%"


def test_a_reading_between_two_gaps_is_a_point():
    figure = sparkline([(2020, 1.0), (2021, None), (2022, 5.0), (2023, None), (2024, 4.0)])
    (alone,) = named(parsed(figure), "alone")
    assert len(list(alone.iter(f"{SVG}circle"))) == 2  # 2020 and 2022; 2024 is marked as last
    (last,) = named(parsed(figure), "last")
    (circle,) = last.iter(f"{SVG}circle")
    assert float(circle.get("cx")) == 65


def test_less_than_two_readings_make_no_sparkline():
    assert sparkline([]) is None
    assert sparkline([(2024, 5.0), (2025, None)]) is None


def test_a_flat_line_lies_in_the_middle():
    figure = sparkline([(2020, 5.0), (2024, 5.0)])
    assert figure.down(5.0) == pytest.approx(10)


def test_each_status_has_a_shape_of_its_own_and_its_word():
    assert set(STATUS_SHAPES) == set(SCALES)
    assert len(set(STATUS_SHAPES.values())) == 9
    assert len({PATHS[shape] for shape in STATUS_SHAPES.values()}) == 9
    assert status_mark("at_risk").alt == "nguy cơ không đạt"
    (mark,) = named(parsed(status_mark("at_risk")), "at_risk")
    assert mark.get("data-shape") == "diamond"
    with pytest.raises(ValueError, match="'late'"):
        status_mark("late")


def test_a_data_uri_holds_the_picture():
    uri = status_uri("met", "dark")
    kind, _, body = uri.partition(",")
    assert kind == "data:image/svg+xml;base64"
    root = ElementTree.fromstring(b64decode(body))
    assert root.tag == f"{SVG}svg"
    assert root.find(f"{SVG}title").text == "đạt"
    assert palette("dark")["met"] in b64decode(body).decode()


def test_text_of_others_is_escaped():
    figure = bullet(Bullet(1, 2, 3, unit='<script>"&'))
    assert "<script>" not in to_svg(figure)
    assert parsed(figure).find(f"{SVG}title").text.endswith('<script>"&')


def test_another_theme_is_refused():
    with pytest.raises(ValueError, match="'neon'"):
        to_svg(status_mark("met"), "neon")


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", THEMES)
def test_marks_and_words_stand_out_from_page_and_raised_surface(theme):
    colours = palette(theme)
    for surface in (colours["page"], colours["raised"]):
        for role in (*SCALES, "actual", "path", "target", "control"):
            assert contrast(colours[role], surface) >= 3, (role, surface)
        for role in ("ink", "muted", "link"):
            assert contrast(colours[role], surface) >= 4.5, (role, surface)
    for role in ("fan_edge", "fan_middle"):
        assert contrast(colours[role], colours["page"]) >= 3, role
    for shade in ("ground", "shade"):
        for role in ("actual", "path", "target"):
            assert contrast(colours[role], colours[shade]) >= 3, (role, shade)


def test_contrast_is_measured_as_wcag_says():
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#4C88CF", "#FFFFFF") == pytest.approx(3.7, abs=0.05)


def test_numbers_are_readable_on_every_cell_of_a_heat_table():
    assert all(contrast(ink, cell) >= 4.5 for ink, cell in zip(HEAT_INK, HEAT, strict=True))


def test_paper_has_no_status_colours():
    assert {palette("paper")[s] for s in SCALES} <= {"#000000", "#6E6E6E"}

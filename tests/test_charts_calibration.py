"""The picture of stated chances against what came true."""

from charts.calibration import calibration
from charts.svg import to_svg


def test_each_point_stands_where_it_was_stated_and_came_true():
    figure = calibration([(0.1, 0.15), (0.9, 0.85)], "Gần như đã nêu.")
    ideal, points = figure.series
    assert [(p.x, p.y) for p in points.points] == [(10, 15), (90, 85)]
    assert [(p.x, p.y) for p in ideal.points] == [(0, 0), (100, 100)]
    assert points.points[0].text == "nêu 10%, xảy ra 15%"
    assert "<title>Gần như đã nêu.</title>" in to_svg(figure)


def test_it_is_drawn_in_every_theme_and_language():
    for lang in ("vi", "en"):
        for theme in ("light", "dark", "paper"):
            svg = to_svg(calibration([(0.5, 0.5)], "x", lang), theme)
            assert svg.count("<circle") == 1

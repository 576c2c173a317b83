"""The detail chart: what is drawn, what is said, and that SVG and Plotly say the same."""

import re
from dataclasses import replace
from datetime import date
from itertools import combinations
from xml.etree import ElementTree

import pytest

from charts.axes import at_day, at_period, value_axis, year_axis
from charts.detail import detail
from charts.framed import framed_svg, wrapped
from charts.history import Aim, FanStep, History, Other, Reading, Scenario, Step
from charts.interactive import CONFIG, to_plotly
from charts.model import Figure, Series
from charts.palette import palette
from charts.placing import label_box, shades, text_width
from charts.statuses import status_mark
from charts.svg import DASHES, to_svg

NB = "\u00a0"
SVG = "{http://www.w3.org/2000/svg}"
TODAY = date(2026, 11, 22)


def steps(*values: tuple[int, float]) -> tuple[Step, ...]:
    return tuple(Step(str(year), value) for year, value in values)


TOURISM = History(
    "Tổng thu năm 2025 đạt 6.812,5 tỷ đồng, thấp hơn lộ trình.",
    "tỷ đồng",
    1,
    Aim(12420, 2030, 2030, "ít nhất 12.420"),
    TODAY,
    (
        Reading("2022", 3600),
        Reading("2019", 1850),
        Reading("2023", 4750),
        Reading("2024", 5800, "preliminary"),
        Reading("2025", 6812.5, "estimate"),
        Reading("2025-H1", 3900),
        Reading("2026-H1", 4250.7, "estimate"),
    ),
    adds_up=True,
    path=steps((2024, 5800), (2027, 8488), (2030, 12420)),
    plans=steps((2026, 7500)),
    others=(Other("2023", 5200, "Cục Du lịch"),),
    source="Sở Văn hóa, Thể thao và Du lịch",
)
FIRMS = History(
    "Đến 2025 có 3.420 doanh nghiệp.",
    "doanh nghiệp",
    0,
    Aim(5500, 2030, 2030, "khoảng 5.500"),
    TODAY,
    tuple(Reading(str(y), v) for y, v in ((2022, 3050.0), (2023, 3210.0), (2025, 3420.0))),
    path=steps((2024, 3300), (2030, 5500)),
    fan=(
        FanStep("2026", 3460, 3390, 3530, 3350, 3570),
        FanStep("2030", 3600, 3450, 3760, 3300, 3900),
    ),
    scenarios=(
        Scenario("Hỗ trợ khởi nghiệp", steps((2026, 3600), (2030, 4640))),
        Scenario("Thu hút vốn", steps((2026, 3580), (2030, 4500))),
    ),
)
RATING = History(
    "Năm 2025 đạt 91,2%.",
    "%",
    1,
    Aim(90, 2025, 2030, "trên 90%", every_year=True),
    TODAY,
    (Reading("2024", 91.4), Reading("2025", 91.2)),
    from_zero=False,
)
PROJECTS = replace(
    FIRMS,
    unit="dự án",
    aim=Aim(100, 2025, 2030, "100–150", high=150),
    readings=(Reading("2025", 21),),
    path=steps((2024, 0), (2030, 100)),
    fan=(),
    scenarios=(),
)
EMPTY = replace(RATING, readings=(), aim=Aim(75, 2030, 2030, "ít nhất 75%"))
ALL = {"tourism": TOURISM, "firms": FIRMS, "rating": RATING, "projects": PROJECTS, "empty": EMPTY}


def series(figure: Figure, name: str) -> Series:
    (found,) = [s for s in figure.series if s.name == name]
    return found


def words_of(figure: Figure) -> list[str]:
    return [" ".join(label.lines) for label in figure.labels]


def test_a_period_stands_where_it_ends():
    assert at_period("2026") == 2026
    assert at_period("2026-H1") == 2025.5
    assert at_period("2026-9M") == 2025.75
    assert at_period("2026-03") == at_period("2026-Q1") == 2025.25
    assert at_day(date(2026, 12, 31)) == 2026
    assert at_day(date(2026, 7, 1)) == pytest.approx(2025 + 182 / 365)


def test_years_are_ticks_counted_back_from_the_target_s():
    assert [t.text for t in year_axis(2018.6, 2030.2, 2030, 600).ticks] == [
        str(year) for year in range(2019, 2031)
    ]
    assert [t.text for t in year_axis(2015.6, 2030.2, 2030, 150).ticks] == ["2020", "2025", "2030"]


def test_value_ticks_are_round_and_written_in_the_language():
    axis = value_axis([300.0, 12420.0], from_zero=True)
    assert [t.text for t in axis.ticks] == ["0", "5.000", "10.000", "15.000"]
    axis = value_axis([88.1, 91.2], from_zero=False)
    assert [t.text for t in axis.ticks] == ["88", "89", "90", "91", "92"]
    axis = value_axis([0.0, 9e6], from_zero=True, factor=1e6)
    assert [t.text for t in axis.ticks] == ["0", "2", "4", "6", "8", "10"]
    axis = value_axis([0.0, 1.0], from_zero=True)
    assert [t.text for t in axis.ticks] == ["0", "0,25", "0,5", "0,75", "1"]


def test_one_value_alone_still_has_an_axis():
    for from_zero in (True, False):
        axis = value_axis([0.0], from_zero=from_zero)
        assert axis.low < axis.high


def test_counts_start_at_zero_and_a_free_axis_is_said():
    assert detail(TOURISM).y.low == 0
    free = detail(RATING)
    assert free.y.low > 0
    assert "Trục đứng không bắt đầu từ 0." in free.notes
    assert "Trục đứng không bắt đầu từ 0." not in detail(TOURISM).notes


def test_big_counts_are_counted_in_millions_at_the_axis():
    visits = replace(TOURISM, unit="lượt", readings=(Reading("2025", 5.3e6),), path=(), plans=(),
                     others=(), aim=Aim(9e6, 2030, 2030, "ít nhất 9 triệu"))  # fmt: skip
    figure = detail(visits)
    assert figure.y.title == "triệu lượt"
    assert figure.y.ticks[-1].text == "10"


def test_half_a_year_is_never_joined_with_whole_years():
    figure = detail(TOURISM)
    whole = series(figure, "thực hiện")
    assert [p and p.x for p in whole.points] == [2019, None, 2022, 2023, 2024, 2025]
    halves = series(figure, "6 tháng đầu năm")
    assert [p and p.y for p in halves.points] == [3900, 4250.7]


def test_a_stock_s_readings_are_one_line():
    stock = replace(TOURISM, adds_up=False, others=(), plans=())
    whole = series(detail(stock), "thực hiện")
    assert [p and p.x for p in whole.points] == [
        2019, None, 2022, 2023, 2024, 2024.5, 2025, 2025.5,
    ]  # fmt: skip


def test_only_official_figures_are_filled_and_the_chart_says_so():
    points = series(detail(TOURISM), "thực hiện").points
    assert [p.hollow for p in points if p] == [False, False, False, True, True]
    assert "Chấm rỗng: số liệu sơ bộ hoặc ước tính." in detail(TOURISM).notes
    assert "Chấm rỗng: số liệu sơ bộ hoặc ước tính." not in detail(FIRMS).notes


def test_the_reader_who_points_at_a_value_reads_period_value_and_status():
    point = series(detail(TOURISM), "thực hiện").points[-1]
    assert point.text == f"Năm 2025: 6.812,5{NB}tỷ đồng (ước tính)"
    trend = series(detail(FIRMS), "giữ xu hướng").points[-1]
    assert trend.text == (
        f"Giữ xu hướng, năm 2030: 3.600{NB}doanh nghiệp"
        f" · Khoảng 80%: từ 3.450 đến 3.760{NB}doanh nghiệp"
        f" · Khoảng 95%: từ 3.300 đến 3.900{NB}doanh nghiệp"
    )


def test_the_sentence_is_title_and_alt_and_the_source_stands_last():
    figure = detail(TOURISM)
    assert figure.title == figure.alt == TOURISM.sentence
    assert figure.notes[-1] == "Nguồn: Sở Văn hóa, Thể thao và Du lịch"


def test_everything_drawn_is_named_on_the_chart():
    said = words_of(detail(TOURISM))
    assert "ít nhất 12.420 mức đề ra 2030" in said
    assert "6.812,5 thực hiện 2025 (ước tính)" in said
    assert "4.250,7 thực hiện 6T/2026 (ước tính)" in said
    assert {"lộ trình", "6 tháng đầu năm", "hôm nay 22/11/2026"} <= set(said)
    said = words_of(detail(FIRMS))
    assert {"khoảng 80%", "khoảng 95%", "giữ xu hướng 3.600"} <= set(said)
    assert "Hỗ trợ khởi nghiệp 4.640" in said


@pytest.mark.parametrize("name", ALL)
@pytest.mark.parametrize("width", [360, 520, 760, 1100])
def test_words_never_cover_words(name, width):
    figure = detail(ALL[name], width=width)
    boxes = [(label.lines, label_box(label, figure)) for label in figure.labels]
    for (one, box), (other, another) in combinations(boxes, 2):
        assert box.shared(another) < 1, (one, other)


@pytest.mark.parametrize("name", ALL)
def test_words_stay_inside_the_picture(name):
    figure = detail(ALL[name])
    for label in figure.labels:
        box = label_box(label, figure)
        assert box.left >= 0, label
        assert box.right <= figure.width + 1, label
        assert box.top >= -1, label
        assert box.bottom <= figure.height + 1, label


def test_words_without_room_become_a_note():
    crowded = replace(
        TOURISM, others=tuple(Other("2023", 5200 + i, "x") for i in range(3)), plans=TOURISM.path
    )
    figure = detail(crowded, width=240, height=170)
    said = " ".join([*words_of(figure), *figure.notes])
    for name in ("kế hoạch năm", "6 tháng đầu năm", "số liệu khác", "lộ trình"):
        assert name in said
    assert any(note.startswith(("Ô vuông", "Chấm nhỏ", "Đường đứt")) for note in figure.notes)


def test_an_every_year_bound_is_a_line_over_its_years():
    points = series(detail(RATING), "mức đề ra").points
    assert [(p.x, p.y) for p in points] == [(2024, 90), (2030, 90)]
    assert "trên 90% mức đề ra mỗi năm" in words_of(detail(RATING))


def test_a_range_is_joined_from_end_to_end_at_its_year():
    target = series(detail(PROJECTS), "mức đề ra")
    assert [(p.x, p.y) for p in target.points] == [(2030, 100), (2030, 150)]
    assert target.marker == "tick"
    assert target.line == "solid"


def test_without_figures_target_and_path_are_still_drawn():
    figure = detail(EMPTY)
    assert series(figure, "mức đề ra").points[0].y == 75
    assert not [s for s in figure.series if s.name == "thực hiện"]


def test_outlooks_start_at_the_newest_whole_reading():
    figure = detail(FIRMS)
    for name in ("giữ xu hướng", "Hỗ trợ khởi nghiệp"):
        first = series(figure, name).points[0]
        assert (first.x, first.y) == (2025, 3420)
    assert figure.bands[0].edges[0] == (2025, 3420, 3420)
    assert [band.name for band in figure.bands] == ["khoảng 95%", "khoảng 80%"]


def test_scenarios_differ_by_their_dashes_not_by_the_fan_s_colours():
    figure = detail(FIRMS)
    lines = [s for s in figure.series if s.name in {"Hỗ trợ khởi nghiệp", "Thu hút vốn"}]
    assert len({s.line for s in lines}) == 2
    assert all(not s.role.startswith("fan") for s in lines)
    with pytest.raises(ValueError, match="4 scenarios"):
        detail(replace(FIRMS, scenarios=FIRMS.scenarios * 2))


def test_english_says_it_in_english():
    said = words_of(detail(TOURISM, "en"))
    assert "6,812.5 actual 2025 (estimate)" in said
    assert "path" in said
    assert detail(TOURISM, "en").y.title == "billion VND"


# --- both drawings ---------------------------------------------------------------


def svg_points(root: ElementTree.Element, figure: Figure, name: str) -> list[tuple[float, float]]:
    """(x, y) in data units of the line's corners, or of the circles where there is no line."""
    (group,) = [e for e in root.iter(f"{SVG}g") if e.get("data-name") == name]
    path = group.find(f"{SVG}path")
    if path is not None and path.get("fill") == "none":
        pairs = re.findall(r"([\d.-]+) ([\d.-]+)", path.get("d"))
    else:
        pairs = [
            (c.get("cx") or float(c.get("x")) + float(c.get("width")) / 2,
             c.get("cy") or float(c.get("y")) + float(c.get("height")) / 2)
            for c in group if c.tag in {f"{SVG}circle", f"{SVG}rect"}
        ]  # fmt: skip
    margins = figure.margins
    wide = figure.width - margins.left - margins.right
    tall = figure.height - margins.top - margins.bottom
    return [
        (
            figure.x.low + (float(x) - margins.left) / wide * (figure.x.high - figure.x.low),
            figure.y.high - (float(y) - margins.top) / tall * (figure.y.high - figure.y.low),
        )
        for x, y in pairs
    ]


@pytest.mark.parametrize("name", ALL)
def test_svg_and_plotly_show_the_same_data(name):
    figure = detail(ALL[name])
    root = ElementTree.fromstring(to_svg(figure))
    plot = to_plotly(figure)
    traces = {trace.name: trace for trace in plot.data}
    assert set(traces) == {s.name for s in figure.series} | {b.name for b in figure.bands}
    near = (figure.y.high - figure.y.low) / 1000
    for part in figure.series:
        trace = traces[part.name]
        shown = [(x, y) for x, y in zip(trace.x, trace.y, strict=True) if x is not None]
        assert shown == [(p.x, p.y) for p in part.points if p]
        if part.marker == "tick" and not part.line:
            continue
        drawn = svg_points(root, figure, part.name)
        assert len(drawn) == len(shown)
        for (x0, y0), (x1, y1) in zip(drawn, shown, strict=True):
            assert x0 == pytest.approx(x1, abs=0.02)
            assert y0 == pytest.approx(y1, abs=near)
    for band in figure.bands:
        trace = traces[band.name]
        assert (
            list(trace.y) == [h for _, _, h in band.edges] + [low for _, low, _ in band.edges][::-1]
        )


@pytest.mark.parametrize("name", ALL)
def test_svg_and_plotly_say_the_same_words(name):
    figure = detail(ALL[name])
    root = ElementTree.fromstring(to_svg(figure))
    drawn = {" ".join(t.text for t in e) for e in root.iter(f"{SVG}text") if len(e)}
    notes = [a.text for a in to_plotly(figure).layout.annotations]
    noted = {re.sub(r"</?b>", "", text).replace("<br>", " ") for text in notes} - {figure.y.title}
    assert drawn == noted == set(words_of(figure))
    ticks = [e.text for e in root.iter(f"{SVG}text") if e.text]
    layout = to_plotly(figure).layout
    assert {*layout.xaxis.ticktext, *layout.yaxis.ticktext, figure.y.title} == set(ticks)


def test_no_line_crosses_the_gap_in_either_drawing():
    figure = detail(TOURISM)
    (trace,) = [t for t in to_plotly(figure).data if t.name == "thực hiện"]
    assert trace.connectgaps is False
    assert list(trace.y).index(None) == 1
    groups = ElementTree.fromstring(to_svg(figure)).iter(f"{SVG}g")
    (group,) = [g for g in groups if g.get("data-name") == "thực hiện"]
    assert group.find(f"{SVG}path").get("d").count("M") == 2


def test_plotly_has_vietnamese_separators_no_template_and_no_buttons():
    plot = to_plotly(detail(TOURISM), "dark")
    assert plot.layout.separators == ",."
    assert plot.to_plotly_json()["layout"].get("template") is None
    assert to_plotly(detail(TOURISM, "en"), lang="en").layout.separators == ".,"
    assert CONFIG["displayModeBar"] is False
    (actual,) = [t for t in plot.data if t.name == "thực hiện"]
    assert actual.hovertext[-1] == f"Năm 2025: 6.812,5{NB}tỷ đồng (ước tính)"
    assert actual.marker.color[-1] == palette("dark")["page"]  # hollow
    assert actual.line.color == palette("dark")["actual"]


def test_dashes_are_the_same_in_both():
    (path,) = [t for t in to_plotly(detail(FIRMS)).data if t.name == "lộ trình"]
    assert path.line.dash == "5px,4px"
    assert DASHES["dashed"] == "5 4"


def test_a_name_with_markup_stays_text():
    figure = detail(replace(FIRMS, scenarios=(Scenario("<b>A&B</b>", steps((2030, 4000))),)))
    assert "<b>A" not in to_svg(figure)
    ElementTree.fromstring(to_svg(figure))
    assert any("&lt;b&gt;A&amp;B" in a.text for a in to_plotly(figure).layout.annotations)


def test_row_pictures_are_no_plotly_charts():
    with pytest.raises(ValueError, match="SVG only"):
        to_plotly(status_mark("met"))


def test_a_width_is_not_below_that_of_its_words():
    assert text_width("mức đề ra 2030", bold=True) > text_width("mức đề ra 2030") > 70


def test_parts_of_a_year_that_come_once_share_a_name():
    odd = (Reading("2023-05", 310.0), Reading("2022-9M", 2200.0), Reading("2024-Q1", 900.0))
    figure = detail(replace(TOURISM, readings=(*TOURISM.readings, *odd)))
    assert [p.y for p in series(figure, "kỳ ngắn hơn năm").points] == [2200, 310, 900]
    assert series(figure, "kỳ ngắn hơn năm").line == ""
    assert len(series(figure, "6 tháng đầu năm").points) == 2


def test_the_newest_part_of_a_year_is_named_even_alone():
    readings = (Reading("2024", 5800), Reading("2025-9M", 5100))
    figure = detail(replace(TOURISM, readings=readings))
    assert [p.y for p in series(figure, "9 tháng đầu năm").points] == [5100]


def test_readings_of_neighbouring_years_are_joined_whatever_their_months():
    readings = (Reading("2023", 66.3), Reading("2024-H1", 67.0), Reading("2025-07", 73.3))
    figure = detail(replace(RATING, readings=readings))
    assert None not in series(figure, "thực hiện").points


def test_a_picture_that_stands_alone_carries_its_sentence_and_its_source():
    sentence = "Tổng thu từ khách du lịch năm 2025 thấp hơn lộ trình <5,4%>. " * 4
    figure = detail(replace(TOURISM, sentence=sentence.strip(), subtitle="Tỷ đồng, toàn tỉnh"))
    root = ElementTree.fromstring(framed_svg(figure))
    texts = [e.text for e in root.findall(f"{SVG}text")]
    title = [t for t in texts if t not in figure.notes and t != "Tỷ đồng, toàn tỉnh"]
    assert " ".join(title) == sentence.strip()
    assert len(title) > 1
    assert "Nguồn: Sở Văn hóa, Thể thao và Du lịch" in texts
    (inner,) = root.findall(f"{SVG}svg")
    assert float(inner.get("y")) + figure.height < float(root.get("height"))


def test_lines_are_wrapped_between_words():
    assert wrapped("một hai ba", 1000, 13) == ["một hai ba"]
    assert wrapped("một hai ba", 1, 13) == ["một", "hai", "ba"]
    assert wrapped("", 100, 13) == []


def test_a_narrow_picture_keeps_whole_years_and_the_newest_part_and_says_so():
    readings = (Reading("2024", 5000), Reading("2024-H1", 2400), Reading("2024-9M", 3800),
                Reading("2025", 5400), Reading("2025-H1", 2600), Reading("2025-Q1", 900),
                Reading("2026-H1", 2800))  # fmt: skip
    data = replace(TOURISM, readings=readings)
    wide, narrow = detail(data), detail(data, width=360)
    assert {"6 tháng đầu năm", "kỳ ngắn hơn năm"} <= {s.name for s in wide.series}
    assert "6 tháng đầu năm" in {s.name for s in narrow.series}
    assert "kỳ ngắn hơn năm" not in {s.name for s in narrow.series}
    assert not any("Hình hẹp" in note for note in wide.notes)
    assert any("các kỳ ngắn khác có trong bảng số liệu" in note for note in narrow.notes)
    level = replace(data, adds_up=False)
    assert len(detail(level, width=360).series) == len(detail(level).series)


def test_words_stand_beside_a_band_where_there_is_room():
    figure = detail(FIRMS)
    path = next(label for label in figure.labels if label.lines == ("lộ trình",))
    box = label_box(path, figure)
    assert all(box.shared(piece) == 0 for piece in shades(figure))

"""The overview as a visitor of a new store sees it."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from i18n.words import words
from tests.app import failed, html_of, opened, page
from ui import navigation


@pytest.fixture(scope="module", autouse=True)
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    patch = pytest.MonkeyPatch()
    opened(tmp_path_factory.mktemp("overview"), patch)
    yield
    patch.undo()


def overview(**query: str) -> str:
    app = page("overview", **query)
    assert not failed(app)
    return html_of(app)


def table(html: str) -> str:
    return re.search(r'<table class="a-table a-rows".*?</table>', html, re.DOTALL).group(0)


def codes(html: str) -> list[str]:
    """The targets of the table, in its order."""
    return re.findall(r"code=([A-Z]+-\d+)", table(html))


def waiting(html: str) -> str:
    return html.split("chỉ tiêu chờ số liệu</summary>")[1].split("</details>")[0]


def test_the_first_start_reads_as_a_job():
    html = overview()
    assert "<h1>Có số liệu công bố cho 11 trong 32 chỉ tiêu, mới nhất năm 2025;" in html
    assert "21 chỉ tiêu chờ số liệu.</h1>" in html


def test_each_target_stands_once_with_figures_or_waiting():
    html = overview()
    shown = codes(html)
    lines = re.findall(r"code=([A-Z]+-\d+)", waiting(html))
    assert (len(shown), len(lines)) == (11, 21)
    assert len({*shown, *lines}) == 32


def test_a_waiting_target_says_what_is_asked_where_and_of_whom():
    line = re.search(r'<tr role="row"><th[^>]*>(?:(?!</tr>).)*AN-01.*?</tr>', waiting(overview()))
    assert "100%" in line.group(0)
    assert "2030" in line.group(0)
    assert "Mục" in line.group(0)
    assert "chưa phân công" in line.group(0)
    assert re.search(r"trước \d\d/\d\d/\d{4} \(", line.group(0))  # the next reporting day


def test_one_button_makes_the_template_of_all_that_wait():
    html = overview()
    targets = re.search(r'href="/download/template\?targets=([^"]+)"', waiting(html)).group(1)
    assert sorted(targets.split(",")) == sorted(
        set(re.findall(r"code=([A-Z]+-\d+)", waiting(html)))
    )


def test_the_worst_stand_first_and_the_order_is_named():
    html = overview()
    words = re.findall(r'class="a-verdict">.*?<span>([^<(]+)', table(html))
    order = ["Không đạt", "Nguy cơ không đạt", "Chậm tiến độ", "Đúng tiến độ", "Đạt", "Vượt",
             "Chưa đủ cơ sở đánh giá", "Chưa đến kỳ", "Chưa có số liệu"]  # fmt: skip
    places = [order.index(word.strip()) for word in words]
    assert places == sorted(places)
    assert len(set(places)) > 2
    assert "xấu nhất trước" in html


def test_the_documents_order_can_be_asked_for():
    html = overview(sort="document")
    assert codes(html) != codes(overview())
    assert sorted(codes(html)) == sorted(codes(overview()))
    assert "theo thứ tự văn bản" in html


def test_a_field_leaves_only_its_targets():
    html = overview(field="Du lịch")
    assert sorted(codes(html)) == ["DL-01", "DL-02", "DL-03"]
    assert "13 mốc" not in html


def test_a_status_leaves_only_its_targets_and_its_chip_takes_it_off():
    html = overview(scale="at_risk")
    found = codes(html)
    chip = re.search(r'<a href="([^"]*)" id="f-at_risk" aria-current="true">', html)
    assert "scale=" not in chip.group(1)
    assert found == codes(overview())[: len(found)]
    assert 0 < len(found) < 11


def test_the_chips_count_every_target_once():
    html = overview()
    counts = [int(n) for n in re.findall(r"<b>(\d+)</b>", html)]
    assert sum(counts) == 32


def test_what_the_address_names_and_does_not_exist_is_no_filter():
    html = overview(field="<script>alert(1)</script>", scale="x", sort="y", document="z")
    assert codes(html) == codes(overview())
    assert "<script>" not in html


def test_pictures_say_what_they_show():
    pictures = re.findall(r"<img [^>]*>", table(overview()))
    assert pictures
    for picture in pictures:
        assert 'alt="' in picture
        assert "data:image/svg+xml" in picture
    assert any("mức đề ra" in picture for picture in pictures)


def test_the_table_keeps_its_meaning_when_rows_become_blocks():
    html = table(overview())
    assert html.count('role="row"') == 12  # the head and eleven targets
    assert html.count('role="rowheader"') == 11
    assert html.count('role="columnheader"') == 6


def test_milestones_without_an_entry_are_unknown_not_late():
    folded = overview().split("mốc công việc, đề án</summary>")[1].split("</details>")[0]
    assert folded.count("chưa có thông tin thực hiện (hạn") == 13
    assert "quá hạn" not in folded


def test_goals_without_a_figure_stand_below_the_milestones_by_document():
    folded = overview().split("0 trong 39 mục tiêu định tính có thông tin</summary>")[1]
    folded = folded.split("</details>")[0]
    assert folded.count('role="rowheader"') == 39
    assert folded.count("chưa có thông tin thực hiện") == 39
    assert folded.count("(hạn ") == 1  # the one goal whose clause has a day
    assert "Chương trình hành động 2045/CTr-UBND (28 mục tiêu)" in folded
    only = overview(document="CTHD-DU")
    assert only.count("mục tiêu)</caption>") == 1
    assert "mục tiêu định tính có thông tin" not in overview(field="Du lịch")


def test_a_figure_older_than_two_years_shows_its_year_and_gives_no_verdict():
    row = re.search(r'<tr role="row"><th[^>]*>(?:(?!</tr>).)*DL-02.*?</tr>', overview()).group(0)
    assert "năm 2019" in row
    assert "Chưa đủ cơ sở đánh giá (số liệu năm 2019)" in row


def test_a_past_day_shows_what_was_known_then():
    html = overview(as_of="2000-01-01")
    assert "a-past" in html
    assert "chưa có số liệu cho chỉ tiêu nào" in html


def test_a_day_that_is_none_is_said_and_escaped():
    html = overview(as_of="<img src=x onerror=alert(1)>")
    assert words("vi")("frame.as_of_bad", text="x")[:12] in html
    assert "<img src=x" not in html


def test_the_page_speaks_english_on_request():
    html = overview(lang="en")
    assert "Worst gap first" in html or "worst first" in html
    assert "Chỉ tiêu</th>" not in html


def test_every_page_is_in_the_menu_and_has_a_file():
    files = {path.stem for path in navigation.FOLDER.glob("*.py")}
    assert {entry.name for entry in navigation.ENTRIES} == files
    assert navigation.HOME == "overview"


def test_a_row_says_why_its_verdict_and_its_chance_point_different_ways():
    rows = re.findall(r'<tr role="row">.*?</tr>', table(overview()))
    (schools,) = [row for row in rows if "code=GD-01" in row]
    # on track by its mean pace, the chance of three figures only about a quarter
    assert "Đúng tiến độ" in schools
    assert re.search(r"Nhịp bình quân đủ để đạt, nhưng .* chỉ khoảng \d+%", schools)


def test_a_row_says_why_a_target_above_its_path_is_at_risk():
    html = overview(field="Du lịch")
    (visitors,) = [row for row in table(html).split("<tr") if "DL-01" in row]
    assert "+369.302" in visitors
    assert "tốt hơn lộ trình, nhưng nhịp các năm qua chưa đủ" in visitors


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("du lich", ["DL-03", "DL-01", "DL-02"]),
        ("Lượt  KHÁCH", ["DL-01", "DL-02"]),
        ("dl-03", ["DL-03"]),
        ("lượi", []),
    ],
)
def test_words_of_a_name_or_a_code_find_targets_with_or_without_diacritics(text, found):
    html = overview(q=text)
    if not found:
        assert "a-rows" not in html
        return
    assert codes(html) == found


def test_what_is_searched_for_opens_the_waiting_targets_and_is_shown_as_text():
    assert '<details class="a-fold" open><summary>' in overview(q="nước sinh hoạt")
    html = overview(q='"><script>alert(1)</script>')
    assert "<script>" not in html
    assert "&quot;&gt;&lt;script&gt;" in html

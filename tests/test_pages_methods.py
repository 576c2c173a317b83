"""The page on the methods, and the other methods as a target's page folds them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

import pytest

from i18n.words import words
from indicators.methods.registry import METHODS
from indicators.model import Settings
from services import startup
from services.targets import target_page
from tests.app import NOW, failed, html_of, opened, page
from ui import address, methods


@pytest.fixture(scope="module", autouse=True)
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    patch = pytest.MonkeyPatch()
    opened(tmp_path_factory.mktemp("methods"), patch)
    yield
    patch.undo()


def shown(**query: str) -> str:
    app = page("methods", **query)
    assert not failed(app)
    return html_of(app)


@pytest.fixture(scope="module")
def vietnamese(store: None) -> str:
    return shown()


def section(html: str, name: str) -> str:
    """The HTML from the element of an id to the next one of a part or method."""
    return re.split(r'<(?:h2|details)[^>]* id="', html.split(f'id="{name}"')[1])[0]


def test_one_sentence_answers_and_the_day_and_sources_stand_on_the_page(vietnamese):
    title = re.search(r"<h1>(.*?)</h1>", vietnamese).group(1)
    assert "Quy tắc của Cơ quan Thống kê Liên bang Đức" in title
    assert "3,1\u00a0điểm\u00a0%" in title
    assert re.search(r"Số liệu cập nhật đến ngày \d\d/\d\d/20\d\d", vietnamese)
    assert "Nguồn: tài liệu của từng phương pháp" in vietnamese


def test_every_method_has_its_own_place_to_link_to(vietnamese):
    for key in METHODS:
        assert vietnamese.count(f'id="{key}"') == 1
        assert f'href="#{key}"' in vietnamese
    ids = re.findall(r' id="([^"]+)"', vietnamese)
    assert len(ids) == len(set(ids))
    for anchor in re.findall(r'href="#([^"]+)"', vietnamese):
        assert anchor in ids


def test_a_method_says_where_it_comes_from_what_it_needs_and_where_it_fails(vietnamese):
    german = section(vietnamese, "destatis")
    assert "Chiến lược phát triển bền vững Đức" in german
    assert "từ 4 số liệu năm" in german
    assert "một năm bất thường như 2020" in german
    assert "300 trong 314 trường hợp" in german
    assert "phải đối chiếu trước khi dẫn trong báo cáo" in section(vietnamese, "eurostat")


def test_the_nine_marks_stand_in_a_real_table_and_lead_to_the_targets(vietnamese):
    table = re.search(r"<table.*?</table>", section(vietnamese, "scale"), re.DOTALL).group(0)
    assert table.count('<th scope="row"') == 9
    assert table.count("<img") == 9
    assert '?scale=at_risk"' in table


def test_the_calibration_is_a_picture_with_words_and_the_same_numbers_in_a_table(vietnamese):
    part = section(vietnamese, "forecast")
    alt = re.search(r'<img[^>]* alt="([^"]+)"', part).group(1)
    assert "Khi dự báo nêu khả năng 35%, việc đó xảy ra 33% số lần" in alt
    assert part.count('<th scope="row"') == 10
    assert "2020–21" in part


def test_settings_and_the_choice_among_figures_are_told(vietnamese):
    assert "24 tháng" in section(vietnamese, "settings")
    current = section(vietnamese, "current")
    assert current.count('<th scope="row"') == 8
    assert "các nguồn cho số khác nhau" in current


def test_the_page_speaks_english_on_request():
    html = shown(lang="en")
    assert '<h2 id="scale"' in html
    assert "The common scale" in html
    assert "Quy tắc" not in html
    assert "Kết luận" not in html


def test_examples_can_be_asked_for_one_target():
    html = unescape(shown(code="DL-03"))
    headings = re.findall(r"Ví dụ từ số liệu hiện có: (\S+)", html)
    assert headings == ["DL-03"] * len(METHODS)
    assert "chưa xét được" in section(html, "unsd")


def test_an_unknown_target_is_said_and_escaped():
    html = shown(code="<b>X</b>")
    assert "Không có chỉ tiêu mang mã “&lt;b&gt;X&lt;/b&gt;”" in html
    assert "<b>X</b>" not in html


def test_a_day_before_all_figures_says_that_there_is_no_example():
    html = shown(as_of="2016-12-31")
    assert html.count("Hiện chưa có chỉ tiêu nào đủ số liệu") == len(METHODS)


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_the_fold_on_a_targets_page_names_every_other_method(lang, monkeypatch):
    monkeypatch.setattr(address, "kept", lambda: {"lang": lang})
    view = target_page(startup.the_store(), NOW, "DL-01", Settings(), lang)
    fold = methods.method_table(view, words(lang))
    assert fold.count('<th scope="row"') == len(METHODS) - 1
    assert f'href="/methods?lang={lang}&amp;code=DL-01#sdg_index"' in fold
    differs = {"vi": "Khác hướng vì câu hỏi khác", "en": "It differs because it asks"}[lang]
    assert differs in fold.split("#sdg_index")[1].split("</tr>")[0]


def test_an_example_that_passes_what_is_possible_says_so():
    html = html_of(page("methods", code="GD-01"))  # a rate that growth carried past 100 %
    beyond = "không chặn ở mức cao nhất hay thấp nhất"
    (found,) = [part for part in html.split("<details") if beyond in part]
    assert "Cơ quan Thống kê Liên hợp quốc" in found.split("</summary>")[0]
    assert beyond not in html_of(page("methods", code="DL-01"))

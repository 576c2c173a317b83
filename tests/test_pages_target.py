"""The page of one target."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from tests.app import failed, html_of, opened, page

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module", autouse=True)
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    patch = pytest.MonkeyPatch()
    opened(tmp_path_factory.mktemp("target"), patch)
    yield
    patch.undo()


def target(code: str, **query: str) -> str:
    app = page("target", code=code, **query)
    assert not failed(app)
    return html_of(app)


def test_the_clause_stands_in_its_own_words_with_its_place():
    html = target("DL-01")
    assert "“đến năm 2030 tổng lượt khách du lịch đạt 9 triệu lượt/năm”" in html
    assert "Phần II, đề án 3" in html
    assert "bản đang có không ghi số và ngày văn bản" in html


def test_the_notes_on_its_document_stand_below_the_clause():
    folded = target("AN-01").split("Ghi chú về văn bản</summary>")[1].split("</details>")[0]
    assert "phụ lục" in folded.lower()
    assert "(số 2045/CTr-UBND ngày 31/03/2026)" in target("AN-01")


def test_the_texts_own_doubt_stands_beside_it():
    html = target("CN-02")
    assert "Điểm cần làm rõ" in html
    assert "Văn bản ghi 14 xã nhưng chỉ kể tên 13 xã." in html
    assert "14 communes and names 13" in target("CN-02", lang="en")
    assert "Điểm cần làm rõ" not in target("DL-01")


def test_what_is_said_of_figures_is_said_in_the_readers_language():
    html = target("DL-01")
    for said in (
        "Nguồn ghi “trên”: số thực có thể cao hơn",  # a figure
        "Là một phần của DL-01",  # why an indicator is related
        "Đại hội Đảng bộ tỉnh lần thứ XV (2020-2025)",  # an earlier target's document
        "Từ đầu năm 2019 (không rõ đến tháng nào)",  # a span that is no period
        "Báo Sơn La (bản tiếng Anh)",  # a publisher
    ):
        assert said in html
    assert "lower bound" not in html
    assert "định nghĩa khác: Sách trắng hợp tác xã" in target("HTX-01").replace("Đ", "đ")
    assert "Another definition: White Book on cooperatives" in target("HTX-01", lang="en")


def test_every_figure_leads_to_its_source():
    html = target("DL-01")
    figures = html.split("Bảng số liệu")[1].split("</details>")[0]
    rows = re.findall(r'<tr role="row"><th scope="row".*?</tr>', figures)
    assert len(rows) >= 10
    for row in rows:
        assert re.search(r'href="https?://', row), row


def test_the_chart_says_its_finding_to_those_who_do_not_see_it():
    app = page("target", code="DL-01")
    [chart] = app.get("plotly_chart")
    assert chart.proto.alt.startswith("Cần tăng")


def test_a_target_without_figures_has_no_empty_chart():
    app = page("target", code="CN-01")
    assert not app.get("plotly_chart")
    assert "Chưa có số liệu thực hiện." in html_of(app)


def test_a_target_that_areas_answer_lists_each_of_them():
    html = target("CN-01")
    assert "Từng địa bàn (8)" in html
    assert html.count("Phường ") >= 8


def test_other_definitions_stand_apart_and_judge_nothing():
    html = target("KT-03")
    assert "Số liệu khác, không dùng để đánh giá" in html
    assert "Chưa có số liệu" in html


def test_targets_of_earlier_terms_and_related_indicators_are_context():
    html = target("DL-01")
    assert "Chỉ tiêu của các giai đoạn, văn bản khác" in html
    assert "Chỉ tiêu liên quan, để tham khảo" in html
    assert "Không tính vào đánh giá." in html


def test_the_method_is_named_under_the_page():
    assert "Phương pháp đánh giá: Quy tắc của Cơ quan Thống kê Liên bang Đức" in target("DL-01")


def test_an_unknown_code_is_said_and_escaped():
    html = target("<b>XX</b>")
    assert "Không có chỉ tiêu mang mã “&lt;b&gt;XX&lt;/b&gt;”" in html
    assert "<b>XX</b>" not in html


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_every_target_has_a_page_in_both_languages(lang):
    app = page("target", code="DL-01", lang=lang)
    codes = re.findall(r'<option value="([A-Z]+-\d+)"', html_of(app))
    assert len(codes) == 32
    for code in codes:
        app.query_params["code"] = code
        app.run()
        assert not failed(app), code
        assert f'<span class="a-muted">{code}</span></h1>' in html_of(app)


def test_a_past_day_leaves_out_what_was_published_later():
    later, before = target("DL-01"), target("DL-01", as_of="2025-10-29")
    assert "4.600.000" in later  # published on 30/10/2025
    assert "4.600.000" not in before

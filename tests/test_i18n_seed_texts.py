"""The seed's English texts in Vietnamese: all of them, whole, with every number."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from i18n.labels import series_text
from i18n.periods import span_text
from i18n.seed_texts import catalogue, seed_text, source_text
from seed import actuals, register
from tests.vietnamese import foreign


def texts() -> Iterator[tuple[str, str]]:
    """(where, text) of each text of the seed that a page may show beside a Vietnamese name."""
    for target in register.targets():
        yield f"{target.code} doubt", target.doubt
    for goal in register.qualitative_goals():
        yield f"{goal.code} what_would_show_it", goal.what_would_show_it
        yield f"{goal.code} doubt", goal.doubt
    for document in register.documents():
        yield f"{document.key} note", document.note
    for duty in register.duties():
        yield f"{duty.key} period", duty.period
        yield f"{duty.key} due_rule", duty.due_rule
    for indicator in actuals.related_indicators():
        yield f"{indicator.code} why", indicator.why
    for earlier in actuals.history_targets():
        yield f"{earlier.indicator} document", earlier.document
        yield f"{earlier.indicator} {earlier.period} note", earlier.note
        yield f"{earlier.indicator} publisher", earlier.citation.publisher
    for odd in actuals.period_notes():
        yield f"{odd.indicator} {odd.period} note", odd.note
        yield f"{odd.indicator} publisher", odd.citation.publisher
    for figure, citation in actuals.published():
        yield f"{figure.indicator} {figure.period.text} note", figure.note
        yield f"{figure.indicator} publisher", citation.publisher


SHOWN = {text: where for where, text in texts() if text}


def quotes(text: str) -> list[str]:
    return re.findall(r"“[^”]*”", text)


def numbers(text: str, thousands: str, decimal: str) -> set[str]:
    """Every number of a text, bare: 100000, 73.3, 5."""
    shape = rf"\d{{1,3}}(?:\{thousands}\d{{3}})+(?!\d)|\d+(?:\{decimal}\d+)?"
    found = (one.replace(thousands, "").replace(decimal, ".") for one in re.findall(shape, text))
    return {one.lstrip("0") or "0" for one in found}


def test_every_text_of_the_seed_is_whole_in_vietnamese():
    """A new text goes into i18n/seed_texts.csv."""
    assert len(SHOWN) > 380
    found = {where: foreign(seed_text(text)) for text, where in SHOWN.items()}
    assert {where: words for where, words in found.items() if words} == {}


def test_every_number_of_a_text_stands_in_its_vietnamese():
    lost = {}
    for text, where in SHOWN.items():
        vietnamese = seed_text(text)
        kept = numbers(vietnamese, ".", ",") | numbers(" ".join(quotes(vietnamese)), ",", ".")
        lost[where] = numbers(text, ",", ".") - kept
    assert {where: values for where, values in lost.items() if values} == {}


def test_codes_and_vietnamese_quotes_stay():
    codes = re.compile(r"\b[A-Z]{2,3}-\d+|CTHD-DU|\b\d+/[A-Z][\w-]+|\b\d+-[A-Z]\w*/\w+")
    for text in SHOWN:
        vietnamese = seed_text(text)
        assert set(codes.findall(text)) <= set(codes.findall(vietnamese)), vietnamese
        for quote in re.findall(r"(?<!\w)'([^']+)'(?!\w)", text):
            if any(ord(sign) > 0xBF for sign in quote):
                assert quote in vietnamese


def test_the_check_itself_sees_english_words_and_lost_numbers():
    assert foreign("Mẫu số of DT-03 là the share") == ["of", "the", "share"]
    assert foreign("số is not said") == ["is", "not", "said"]
    assert foreign("không ghi “not said” ở baomoi.net.vn, xã Chiềng Cơi, GRDP") == []
    assert numbers("73.3 and 100,000 by 5 June", ",", ".") == {"73.3", "100000", "5"}
    assert numbers("73,3 và 100.000 ngày 05/6", ".", ",") == {"73.3", "100000", "5", "6"}


def test_the_catalogue_keeps_no_text_that_the_seed_has_lost():
    plans = {citation.publisher for _, citation in actuals.cited_plans()}
    assert set(catalogue()) <= SHOWN.keys() | plans


def test_in_english_and_where_nothing_is_known_a_text_stays_as_it_is():
    doubt = "The age group (trong độ tuổi) is not defined in the text"
    assert seed_text(doubt) == "Văn bản không nêu “trong độ tuổi” là độ tuổi nào"
    assert seed_text(doubt, "en") == doubt
    assert seed_text("Nghi vấn do tỉnh ghi") == "Nghi vấn do tỉnh ghi"
    assert seed_text("text") == "text"
    assert seed_text("") == ""
    with pytest.raises(ValueError, match="'fr'"):
        seed_text(doubt, "fr")


def test_a_source_keeps_its_title_as_printed():
    assert source_text("Báo Sơn La (English): Son La: more schools") == (
        "Báo Sơn La (bản tiếng Anh): Son La: more schools"
    )
    assert source_text("UBND tỉnh") == "UBND tỉnh"


def test_spans_that_are_no_period_are_written_out():
    spans = {
        "2025-H1": "6 tháng đầu năm 2025",
        "2021-2025": "giai đoạn 2021–2025",
        "2024-2025-SY": "năm học 2024–2025",
        "2019-YTD": "từ đầu năm 2019 (không rõ đến tháng nào)",
        "2025-08-17-YTD": "từ đầu năm 2025 đến 17/08/2025",
        "2024-undated": "năm 2024 (không ghi ngày)",
        "2023-holiday": "một kỳ nghỉ lễ năm 2023",
        "2025-Tet": "Tết năm 2025",
        "2025-08-32-YTD": "2025-08-32-YTD",
        "2024-SY": "2024-SY",
        "mùa xuân": "mùa xuân",
    }
    assert {span: span_text(span) for span in spans} == spans
    assert span_text("2025-08-17-YTD", "en") == "2025 until 17 Aug 2025"


def test_every_span_and_series_of_the_seed_has_words():
    spans = {one.period for one in (*actuals.period_notes(), *actuals.history_targets())}
    assert all(not foreign(span_text(span)) for span in spans)
    series = {one.series for one in (*actuals.observations(), *actuals.period_notes())} - {""}
    assert series
    for name in series:
        assert not foreign(series_text(name))
        assert series_text(name, "en") != name or name == "accreditation"
    assert series_text("của-tỉnh") == "của-tỉnh"

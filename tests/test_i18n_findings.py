"""The catalogue of findings: codes, severities, sentences, what to do."""

from __future__ import annotations

import re

import pytest

from i18n.findings import (
    SEVERITIES,
    catalogue,
    fix,
    message,
    severity,
    severity_word,
    shown,
)
from intake.findings import outcome


def places(text):
    return set(re.findall(r"\{(\w+)\}", text))


def test_the_catalogue_is_whole():
    assert len(catalogue()) == 82
    for code, entry in catalogue().items():
        assert re.fullmatch(r"[A-Z]\d\d", code)
        assert entry.severity in SEVERITIES
        assert entry.message_vi
        assert entry.message_en
        assert entry.fix_vi.endswith(".")
        assert entry.fix_en.endswith(".")
        assert places(entry.fix_en) == places(entry.fix_vi)
        assert places(entry.message_en) <= places(entry.message_vi)


def test_a_message_names_what_caused_it():
    args = {"raw": "12,420", "value1": 12.42, "value2": 12420.0}
    assert message("V05", args) == "'12,420' có thể là 12,42 hoặc 12.420. Hãy ghi rõ."
    assert message("V05", args, "en") == "'12,420' may be 12.42 or 12,420."
    assert message("F14", {}) == "Không tìm thấy dòng số liệu nào trong tệp."


def test_what_a_code_and_a_language_are_is_asked_for_rightly():
    assert (severity("V05"), severity("D03"), severity("D05")) == ("error", "warning", "note")
    assert [severity_word(level) for level in SEVERITIES] == ["Lỗi", "Cảnh báo", "Lưu ý"]
    with pytest.raises(ValueError, match="Z99"):
        severity("Z99")
    with pytest.raises(ValueError, match="fr"):
        message("V05", {}, "fr")


def test_text_of_a_cell_is_cut_and_its_control_signs_are_dropped():
    assert len(message("V02", {"raw": "d" * 1000})) < 120
    assert message("V02", {"raw": "a\x00b\nc"}) == "Không đọc được 'a b c' thành số."


def test_numbers_are_shown_with_all_their_decimals():
    assert [shown(v) for v in (5300000.0, 3985.5, 0.1 + 0.2, -0.25, 0.0, 1e300)] == [
        "5.300.000", "3.985,5", "0,30000000000000004", "-0,25", "0", "1e+300",
    ]  # fmt: skip


def test_lists_are_joined_and_a_further_sentence_is_added():
    assert (
        fix("A02", {"suggestions": ["Mộc Sơn", "Mộc Châu"]}) == "Chọn một trong: Mộc Sơn, Mộc Châu."
    )
    assert message("A01", {"area": "Hua Păng", "more": "Tên cũ."}).endswith("'Hua Păng'. Tên cũ.")


def test_the_outcome_follows_from_the_gravest_finding():
    assert outcome({}) == "accept"
    assert outcome({"V03": 9}) == "accept"
    assert outcome({"V03": 9, "T01": 1}) == "accept_with_warnings"
    assert outcome({"T01": 1, "V05": 1}) == "reject"


def test_an_english_page_says_what_to_do_with_english_numbers_and_words():
    assert fix("U04", {"value": 6_900.5}) == "Kiểm tra và ghi lại thành số: 6.900,5."
    assert fix("U04", {"value": 6_900.5}, "en") == "Check it and write it as a number: 6,900.5."
    args = {"old": 1234.5, "new": 7, "status": "ước tính", "old_status": "sơ bộ"}
    assert message("D06", args, "en") == (
        "The stored preliminary figure 1,234.5 would become 7 (estimate)."
    )
    kind = {"ext": ".xlsx", "kind": "trang web", "in_en": {"kind": "a web page"}}
    assert message("F03", kind, "en").endswith("(found: a web page).")
    assert "trang web" in message("F03", kind)
    with pytest.raises(ValueError, match="fr"):
        fix("V05", {}, "fr")

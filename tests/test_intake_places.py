"""Areas by code, present and former names; no name is ever taken for one that is near it."""

from __future__ import annotations

import csv
import unicodedata
from pathlib import Path

import pytest

from indicators import periods
from intake.places import Places
from tests.intake_store import the_register

PLACES = Places(the_register())
NEAR = Path(__file__).parent / "data" / "intake" / "near_names.csv"


def meant(text: str, period: str = "2026") -> tuple[str | None, str]:
    place = PLACES.meant(text, periods.parse(period))
    return place.code, place.finding


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", ""),
        ("Toàn tỉnh", ""),
        ("tỉnh Sơn La", ""),
        ("03664", "03664"),
        ("3664", "03664"),
        ("Chiềng An", "03664"),
        ("P. Chiềng An", "03664"),
        ("phường  Chiềng\u00a0An ", "03664"),
        ("CHIỀNG SINH", "03679"),
        ("X. Chiềng Sơ", "04195"),
        ("03664 - Chiềng An", "03664"),
        ("Chiềng An (03664)", "03664"),
        ("Chiềng Coi", "03670"),  # the programme's own spelling of Chiềng Cơi
        ("Qùynh Nhai", "03703"),
        (unicodedata.normalize("NFD", "Mường É"), "03727"),
        ("Chiềng La", "03754"),
        ("Chiềng Lao", "03814"),
        ("Chiềng Mung", "04123"),
        ("Chiềng Sung", "04108"),
        ("Chiềng Sơn", "03985"),
    ],
)
def test_an_area_is_found_without_a_word(text, code):
    assert meant(text) == (code, "")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Chiềng Ân", "03850"),
        ("Chiềng Ơn", "03703"),
        ("Chiềng Hắc", "03980"),
        ("xã Lóng Luông", "04048"),
        ("03649", "03646"),  # Tô Hiệu had this code
        ("Noong Lay", "03754"),  # an alias of Nong Lay
        ("Hát Lót", "04105"),  # two units, both Mai Sơn today
        ("thị trấn Bắc Yên", "03856"),
        ("Chiềng Chung, huyện Mai Sơn", "04117"),
        ("Chiềng Chung (Mộc Châu)", "04000"),
    ],
)
def test_a_former_name_or_code_is_read_for_the_present_unit_with_a_warning(text, code):
    assert meant(text) == (code, "A04")


@pytest.mark.parametrize(
    ("text", "finding"),
    [
        ("Nà Sản", "A01"),
        ("99999", "A01"),
        ("03751", "A01"),
        ("Chiềng Ly", "A01"),  # in force before 1 February 2025 only
        ("Moc Chau", "A02"),
        ("Mộc Sown", "A02"),
        ("Chieng An", "A02"),
        ("Chiềng Chung", "A05"),
        ("03664 - Chiềng Sinh", "A05"),
        ("huyện Mai Sơn", "A06"),
        ("thành phố Sơn La", "A06"),
        ("TP. Sơn La", "A06"),
        ("thị xã Mộc Châu", "A06"),
    ],
)
def test_an_area_that_is_not_plain_is_not_read(text, finding):
    assert meant(text) == (None, finding)


def test_an_older_name_says_that_it_is_older():
    assert "01/02/2025" in PLACES.meant("Hua Păng", None).args["more"]


def test_suggestions_name_the_neighbours_and_choose_none():
    place = PLACES.meant("Chieng An", None)
    assert place.code is None
    assert place.args["suggestions"][0] == "Chiềng An"
    assert any("Chiềng Ân" in text for text in place.args["suggestions"])


@pytest.mark.parametrize("name", ["Mai Sơn", "Mộc Châu", "Sốp Cộp"])
def test_a_name_that_was_a_district_is_asked_about_before_july_2025(name):
    assert meant(name, "2025-Q1")[1] == "A05"
    assert meant(name, "2025-H1")[1] == "A05"
    assert meant(name, "2025-Q3")[1] == ""
    assert meant(f"xã {name}", "2025-Q1")[1] == ""


def test_code_and_name_in_two_cells_must_agree():
    assert PLACES.agreed("03664", "Chiềng An", None).code == "03664"
    assert PLACES.agreed("03664", "", None).code == "03664"
    assert PLACES.agreed("03664", "Chiềng Sinh", None).finding == "A05"
    assert PLACES.agreed("03664", "Chieng An", None).finding == "A05"
    # Chiềng Chung alone may be two units; the code says which
    assert PLACES.agreed("04117", "Chiềng Chung", None).code == "04117"


def test_every_present_name_and_code_means_its_own_unit():
    for area in the_register().areas:
        for text in (area.code, area.name, f"{area.kind} {area.name}", area.name.upper()):
            assert meant(text) == (area.code, ""), text


def test_no_name_is_taken_for_one_that_is_a_letter_away():
    with NEAR.open(encoding="utf-8", newline="") as file:
        pairs = list(csv.DictReader(file))
    assert len(pairs) == 70
    for pair in pairs:
        for side, other in (("a", "b"), ("b", "a")):
            if pair[f"name_{side}"] == "Chiềng Chung":
                continue
            place = PLACES.meant(pair[f"name_{side}"], None)
            assert place.code == pair[f"new_code_{side}"], (pair, other)

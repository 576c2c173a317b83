from datetime import date

from indicators.model import COMPARATORS, KINDS, MEASURES
from seed import areas, register


def test_the_register_is_whole():
    assert len(register.documents()) == 2
    assert len(register.targets()) == 32
    assert len(register.indicators()) == 32
    assert len(register.qualitative_goals()) == 39
    assert len(register.milestones()) == 13
    assert len(register.duties()) == 7
    assert len(areas.areas()) == 75
    assert len(areas.former_units()) == 200


def test_kinds_comparators_and_measures_are_those_of_the_model():
    for target in register.targets():
        assert target.kind in KINDS
        assert target.comparator in COMPARATORS
        assert target.direction in {"up", "down", "keep"}
        assert target.low is not None
        assert (target.high is not None) == (target.comparator == "between")
        assert target.start <= target.end
    assert {indicator.measure for indicator in register.indicators()} <= set(MEASURES)


def test_a_target_carries_clause_wording_doubt_and_term():
    target = {one.code: one for one in register.targets()}["DT-01"]
    assert (target.low, target.high, target.start, target.end) == (100.0, 150.0, 2025, 2030)
    assert target.document == "CTHD-DU"
    assert target.locator == "Phần II, đề án 5"
    assert target.wording_vi == "Thu hút từ 100 - 150 dự án đầu tư mới"
    assert "above 150 counts as exceeded" in target.doubt
    assert target.term == (2025, 2030)
    assert target.indicator == "DT-01"


def test_each_target_has_an_indicator_and_each_indicator_a_target():
    targets = {target.code: target for target in register.targets()}
    assert {indicator.code for indicator in register.indicators()} == set(targets)
    for indicator in register.indicators():
        assert indicator.unit == targets[indicator.code].unit
        assert indicator.name_vi == targets[indicator.code].name_vi


def test_areas_of_a_target_are_the_codes_of_its_list():
    by_code = {target.code: target for target in register.targets()}
    assert by_code["MT-02"].areas == ("03910", "04075", "04105")  # Phù Yên, Yên Châu, Mai Sơn
    assert len(by_code["MT-01"].areas) == 8
    assert by_code["MT-01"].areas == by_code["CN-01"].areas
    assert len(by_code["CN-02"].areas) == 13  # the text says 14 and names 13
    assert len(by_code["YT-01"].areas) == 75
    assert by_code["AN-01"].areas == ()
    assert by_code["XD-01"].areas == ()


def test_the_misprint_of_a_ward_is_kept_beside_its_name():
    ward = [row for row in register.scope_areas() if row.name_vi == "Chiềng Cơi"]
    assert [(row.scope, row.area, row.as_written) for row in ward] == [
        ("eight_wards", "03670", "Chiềng Coi")
    ]


def test_a_document_without_number_or_day_has_none():
    party, province = register.documents()
    assert (party.key, party.number, party.issued) == ("CTHD-DU", "", None)
    assert (province.number, province.issued) == ("2045/CTr-UBND", date(2026, 3, 31))
    assert (party.term, province.term) == ((2025, 2030), (2026, 2030))


def test_agencies_are_the_bodies_named_and_one_committee_an_area():
    agencies = register.agencies()
    keys = [agency.key for agency in agencies]
    assert len(set(keys)) == len(keys)
    assert all(key.isascii() and key == key.lower() for key in keys)
    local = [agency for agency in agencies if agency.kind == "commune"]
    assert {agency.area for agency in local} == {area.code for area in areas.areas()}
    by_key = {agency.key: agency.name_vi for agency in agencies}
    assert by_key["ubnd-03646"] == "UBND phường Tô Hiệu"
    assert by_key["ubnd-04117"] == "UBND xã Mường Chanh"
    assert by_key["so-tai-chinh"] == "Sở Tài chính"


def test_whoever_leads_a_target_is_an_agency():
    names = {agency.name_vi for agency in register.agencies()}
    assert {target.lead_vi for target in register.targets()} <= names


def test_everything_points_at_a_document_that_is_there():
    keys = {document.key for document in register.documents()}
    for row in (
        *register.targets(),
        *register.milestones(),
        *register.duties(),
        *register.qualitative_goals(),
    ):
        assert row.document in keys


def test_areas_keep_their_zero_their_gap_and_their_history():
    by_code = {area.code: area for area in areas.areas()}
    assert sum(area.kind == "phường" for area in by_code.values()) == 8
    assert by_code["04117"].population is None  # Mường Chanh: the source is evidently wrong
    assert all(area.area_km2 for area in by_code.values())
    assert {unit.new_code for unit in areas.former_units()} == set(by_code)
    assert by_code["03646"].merged_from[0] == "Phường Quyết Thắng"
    assert by_code["03646"].valid_from == date(2025, 7, 1)


def test_other_spellings_belong_to_a_former_unit_and_older_names_have_no_successor():
    spelt = {row.old_code: row.also_spelled for row in areas.former_unit_aliases()}
    assert len(spelt) == 11
    assert spelt["04136"] == "Nà Pó"
    assert set(spelt) <= {unit.old_code for unit in areas.former_units()}
    assert len(areas.older_names()) == 19


def test_boundaries_join_by_code():
    text = areas.boundaries()
    for area in areas.areas():
        assert f'"code":"{area.code}"' in text

import pytest

from db import changes, observations, tables, versioned
from db.engine import Store
from services import figures
from services.access import LOCAL, Actor, Denied, capabilities
from services.moments import moment
from services.refusals import Conflict
from services.submissions import File, listing

NOW = moment("2026-11-22T08:00:00+07:00")
HEAD = "indicator,period,area,value,status,source\n"


@pytest.fixture
def register(store):
    """DL-01 (visits), NL-01 (%), MT-01 (% of each ward), MT-02 (done), EXT-41; two areas."""
    targets = [
        {"code": "DL-01", "unit": "lượt", "kind": "level", "comparator": "at_least"},
        {"code": "NL-01", "unit": "%", "kind": "level", "comparator": "at_least"},
        {"code": "MT-01", "unit": "%", "kind": "each_area", "comparator": "at_least"},
        {"code": "MT-02", "unit": "nhà máy", "kind": "level", "comparator": "done"},
    ]
    indicators = [
        {"code": "DL-01", "measure": "flow", "decimals": 0, "minimum": 0.0},
        {"code": "NL-01", "measure": "rate", "minimum": 0.0, "maximum": 100.0},
        {"code": "MT-01", "measure": "rate", "minimum": 0.0, "maximum": 100.0},
        {"code": "MT-02", "measure": "done", "decimals": 0, "minimum": 0.0, "maximum": 1.0},
        {"code": "EXT-41", "measure": "stock", "unit": "cơ sở", "related_to": ("DL-01",)},
    ]
    areas = [
        {"code": "03664", "name_vi": "Chiềng An", "full_name_vi": "Phường Chiềng An"},
        {"code": "03646", "name_vi": "Tô Hiệu", "full_name_vi": "Phường Tô Hiệu"},
        {"code": "00001", "name_vi": "Mộc Châu", "full_name_vi": "Phường Mộc Châu"},
        {"code": "00002", "name_vi": "Mộc Châu", "full_name_vi": "Xã Mộc Châu"},
    ]
    number = {"period_start": 2030, "period_end": 2030, "value_low": 1.0}
    with store.write() as tx:
        change = changes.begin(tx, "seed", "seed", "", 1)
        rows = [{**number, **target} for target in targets]
        versioned.put(tx, tables.targets, rows, change, added_from=0)
        versioned.put(tx, tables.indicators, indicators, change, added_from=0)
        versioned.put(tx, tables.areas, areas, change, added_from=0)
    return store


def take(store, text, *, now=NOW, by=LOCAL, head=HEAD):
    content = text if isinstance(text, bytes) else (head + text).encode()
    return figures.take(store, by, File("hệ thống khác.csv", content), now=now)


def said(taken):
    return [(one.code, one.cell) for one in taken.findings]


def values(store, as_of=NOW):
    with store.read() as tx:
        rows = observations.known(tx, as_of)
    return {(one.indicator, one.area, one.period.text): (one.value, one.status) for one in rows}


def test_a_plain_csv_is_one_submission(register):
    taken = take(
        register,
        "DL-01,2026-H1,,3000000,estimate,Báo cáo 05/6\n"
        "NL-01,2025,,62.5,official,\n"
        "MT-01,2025,03664,84.375,preliminary,\n"
        "EXT-41,2025,,312,estimate,\n",
    )
    assert taken.outcome == "accept"
    assert (taken.receipt.new, taken.findings) == (4, ())
    assert values(register) == {
        ("DL-01", "", "2026-H1"): (3e6, "estimate"),
        ("NL-01", "", "2025"): (62.5, "official"),
        ("MT-01", "03664", "2025"): (84.375, "preliminary"),
        ("EXT-41", "", "2025"): (312.0, "estimate"),
    }
    (one,) = listing(register)
    assert (one.kind, one.file, one.new, one.as_of) == (
        "figures",
        "hệ thống khác.csv",
        4,
        "2026-11-22",
    )
    assert [cell.cell for cell in taken.receipt.cells] == ["D2", "D3", "D4", "D5"]


def test_columns_may_come_in_another_order_with_semicolons_and_a_mark(register):
    text = "﻿Giá trị;Mã chỉ tiêu;Trạng thái;Kỳ báo cáo;Người lập\n5;DL-01;Chính thức;2025;Lan\n"
    taken = take(register, text.encode())
    assert taken.receipt.new == 1
    assert values(register)["DL-01", "", "2025"] == (5.0, "official")
    assert said(taken) == [("S03", "E1")]  # the column nobody asked for is told, not lost


@pytest.mark.parametrize(
    ("line", "code", "cell"),
    [
        ("DL-99,2025,,5,official,", "I01", "A2"),
        (",2025,,5,official,", "I01", "A2"),
        ("DL-01,6 tháng 2025,,5,official,", "P02", "B2"),
        ("DL-01,,,5,official,", "P02", "B2"),
        ("DL-01,2027,,5,estimate,", "P03", "B2"),
        ("DL-01,2025,Chiềng Ân,5,official,", "A01", "C2"),
        ("DL-01,2025,Mộc Châu,5,official,", "A01", "C2"),  # two areas have this name
        ("MT-01,2025,,5,official,", "A08", "C2"),
        ("DL-01,2025,,năm triệu,official,", "V02", "D2"),
        ('DL-01,2025,,"1,5",official,', "V02", "D2"),
        ("DL-01,2025,,1_000,official,", "V02", "D2"),
        ("DL-01,2025,,nan,official,", "V15", "D2"),
        ("DL-01,2025,,1e308,official,", "V15", "D2"),
        ("NL-01,2025,,100.1,official,", "V10", "D2"),
        ("DL-01,2025,,-1,official,", "V11", "D2"),
        ("DL-01,2025,,1.5,official,", "V12", "D2"),
        ("MT-02,2025,03664,0.5,official,", "V16", "D2"),
        ("DL-01,2025,,5,,", "T02", "E2"),
        ("DL-01,2025,,5,kế hoạch,", "T02", "E2"),
        (f"DL-01,2025,,5,official,{'x' * 2001}", "N02", "F2"),
    ],
)
def test_what_is_wrong_is_told_at_its_line_and_column_and_nothing_stored(
    register, line, code, cell
):
    taken = take(register, f"{line}\nDL-01,2024,,5,official,\n")
    assert said(taken) == [(code, cell)]
    assert taken.outcome == "reject"
    assert taken.receipt is None
    assert values(register) == {}
    assert listing(register) == []


def test_the_sentence_names_what_stands_in_the_cell_and_a_near_code(register):
    (finding,) = take(register, "DL-9,2025,,5,official,\n").findings
    assert "DL-9" in finding.message
    assert "DL-01" in finding.message


def test_every_fault_of_a_line_is_told_at_once(register):
    taken = take(register, "DL-99,năm nay,đâu đó,nhiều,sao,\n")
    assert said(taken) == [
        ("I01", "A2"),
        ("P02", "B2"),
        ("A01", "C2"),
        ("V02", "D2"),
        ("T02", "E2"),
    ]


def test_a_line_over_two_lines_of_text_keeps_the_count(register):
    taken = take(register, 'DL-01,2025,,5,official,"hai\ndòng"\nDL-01,2024,,x,official,\n')
    assert said(taken) == [("V02", "D4")]


def test_a_line_without_a_value_is_passed_over_and_a_zero_is_not(register):
    taken = take(register, "DL-01,2025,,,official,\nDL-01,2024,,0,official,\n\n")
    assert taken.receipt.new == 1
    assert values(register) == {("DL-01", "", "2024"): (0.0, "official")}


def test_one_figure_twice_is_an_error_only_where_the_values_differ(register):
    same = take(register, "DL-01,2025,,5,official,\nDL-01,2025,,5,official,\n")
    assert (said(same), same.receipt.new) == ([("D02", "D3")], 1)
    other = take(register, "DL-01,2024,,5,official,\nDL-01,2024,,6,official,\n")
    assert (said(other), other.receipt) == ([("D01", "D3")], None)


def test_an_official_figure_is_not_replaced_by_an_estimate(register):
    take(register, "DL-01,2025,,5,official,\n")
    lower = take(register, "DL-01,2025,,6,estimate,\n")
    assert (said(lower), lower.receipt) == ([("D04", "D2")], None)
    assert take(register, "DL-01,2025,,5,estimate,\n").receipt.same == 1
    assert take(register, "DL-01,2025,,6,official,\n").receipt.changed == 1


def test_an_official_figure_of_a_running_year_is_taken_with_a_warning(register):
    taken = take(register, "DL-01,2026,,5,official,\n")
    assert (taken.outcome, said(taken)) == ("accept_with_warnings", [("P04", "E2")])
    assert taken.receipt.new == 1


def test_an_area_may_be_its_code_or_a_name_that_only_it_has(register):
    text = (
        "MT-01,2025,Phường Chiềng An,1,official,\n"
        "MT-01,2025,tô hiệu,2,official,\n"
        "MT-01,2025,Xã Mộc Châu,3,official,\n"
        "DL-01,2025,Toàn tỉnh,4,official,\n"
    )
    assert take(register, text).receipt.new == 4
    assert {key[1] for key in values(register)} == {"03664", "03646", "00002", ""}


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "F01"),
        (b" \r\n ", "F01"),
        (
            "indicator,period,value,status\nDL-01,2025,5,chính thức\n".encode("cp1258", "ignore"),
            "F07",
        ),
        (b"PK\x03\x04\x00\x00", "F03"),
        (b"a,b,c\n1,2,3\n", "S02"),
        (b"indicator,period,value\nDL-01,2025,5\n", "S02"),
    ],
)
def test_a_file_that_is_no_such_csv_is_refused(register, content, code):
    taken = take(register, content)
    assert code in {one.code for one in taken.findings}
    assert (taken.outcome, taken.receipt) == ("reject", None)
    assert listing(register) == []


def test_only_a_heading_stores_nothing(register):
    taken = take(register, "")
    assert (taken.outcome, taken.receipt) == ("accept", None)
    assert listing(register) == []


def test_of_very_many_faults_the_first_two_thousand_are_named(register):
    taken = take(register, "DL-99,2025,,5,official,\n" * 3000)
    assert len(taken.findings) == 2000
    assert taken.outcome == "reject"


def test_who_may_not_submit_is_refused(register):
    viewer = Actor("X", capabilities(("viewer",)))
    with pytest.raises(Denied):
        take(register, "DL-01,2025,,5,official,\n", by=viewer)
    assert listing(register) == []


def test_what_was_stored_meanwhile_is_not_overwritten(register):
    class Interrupted(Store):
        """A store where somebody else is faster each time that a writer is about to begin."""

        def write(self):
            take(register, "DL-01,2025,,7,official,\n")
            return Store.write(self)

    with pytest.raises(Conflict):
        take(Interrupted(register.engine, register.url), "DL-01,2025,,5,official,\n")
    assert values(register) == {("DL-01", "", "2025"): (7.0, "official")}

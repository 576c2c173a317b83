import csv
import io
import json
from datetime import date

import openpyxl
import pytest

from indicators.model import Settings
from services.exports import export
from services.moments import day_end
from services.status import status

NOW = day_end(date(2026, 11, 22))


def table(store, what, as_of=NOW):
    content = export(store, what, "csv", as_of=as_of, settings=Settings())
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def test_every_figure_is_given_with_its_source_the_alternatives_too(untouched):
    found = table(untouched, "actuals")
    assert len(found) == 267
    assert all(row["source"] and row["source_url"] and row["quote"] for row in found)
    of_2022 = {
        (row["value"], row["current"], row["status"])
        for row in found
        if (row["indicator"], row["period"]) == ("DL-01", "2022")
    }
    assert of_2022 == {
        ("3200000", "0", "estimate"),
        ("3300000", "0", "estimate"),
        ("3300000", "1", "preliminary"),
    }


def test_figures_are_those_known_at_the_moment(untouched):
    found = table(untouched, "actuals", day_end(date(2022, 12, 1)))
    of_2022 = [
        row["value"] for row in found if (row["indicator"], row["period"]) == ("DL-01", "2022")
    ]
    assert of_2022 == ["3200000"]


def test_targets_name_document_clause_and_areas(untouched):
    found = {row["code"]: row for row in table(untouched, "targets")}
    assert len(found) == 32
    assert found["MT-02"]["areas"] == "03910; 04075; 04105"
    assert found["MT-02"]["document_number"] == "2045/CTr-UBND"
    assert found["MT-02"]["document_issued"] == "2026-03-31"
    assert found["DL-01"]["locator"] == "Phần II, đề án 3"
    assert found["DL-01"]["value_high"] == ""


def test_verdicts_as_a_table_say_what_status_says(untouched):
    said = status(untouched, NOW, Settings())
    found = {row["code"]: row for row in table(untouched, "verdicts")}
    assert set(found) == {one["code"] for one in said["targets"]}
    for one in said["targets"]:
        row = found[one["code"]]
        assert row["verdict_scale"] == one["verdict"]["scale"]
        assert row["verdict_reason_vi"].lstrip("'") == one["verdict"]["reason_vi"]
        latest = one["latest"]
        assert row["latest_period"] == (latest["period"] if latest else "")
        assert row["latest_source_url"] == ((latest and latest["source_url"]) or "")


def test_verdicts_as_json_are_the_status_itself(untouched):
    content = export(untouched, "verdicts", "json", as_of=NOW, settings=Settings())
    assert json.loads(content) == status(untouched, NOW, Settings())


@pytest.mark.parametrize("what", ["actuals", "targets", "verdicts"])
def test_workbooks_hold_the_same_rows_and_say_of_when(untouched, what):
    content = export(untouched, what, "xlsx", as_of=NOW, settings=Settings())
    book = openpyxl.load_workbook(io.BytesIO(content), read_only=True)
    rows = list(book[what].iter_rows(values_only=True))
    assert len(rows) == len(table(untouched, what)) + 1
    facts = {row[0]: row[1] for row in book["info"].iter_rows(values_only=True)}
    assert str(facts["as_of"]).startswith("2026-11-22T23:59:59")
    assert facts["data_version"] == 1
    book.close()


@pytest.mark.parametrize(("what", "form"), [("figures", "csv"), ("actuals", "pdf")])
def test_another_export_or_form_is_refused(untouched, what, form):
    with pytest.raises(ValueError, match="no "):
        export(untouched, what, form, as_of=NOW, settings=Settings())

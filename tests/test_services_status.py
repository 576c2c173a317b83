"""The status as other systems read it, on both databases."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from indicators.model import Settings
from services import access, submissions
from services.moments import micros
from services.overview import overview
from services.seeding import seed
from services.status import status
from services.submissions import Figure, Given
from services.targets import target_page

DAY = micros(datetime(2026, 11, 22, 3, 0, tzinfo=UTC))
MINUTE = 60_000_000
KEYS = {
    *("code", "name_vi", "name_en", "field", "unit", "kind", "comparator", "value_low"),
    *("value_high", "period_start", "period_end", "direction", "scope", "document", "locator"),
    *("doubt", "lead_vi", "agency", "latest", "same_period", "plan_pct", "baseline", "path"),
    *("gap", "gap_pct", "gap_to_target", "stale", "verdict", "probability", "total", "area"),
    "areas",
}
SCALES = {
    *("no_data", "exceeded", "met", "missed", "not_due", "cannot_judge", "on_track"),
    *("behind", "at_risk"),
}


@pytest.fixture
def seeded(store):
    seed(store, DAY)
    return store


def hand_in(store, *figures, at, expected=None):
    actor = access.shell("cán bộ")
    return submissions.commit(
        store, actor, figures, kind="entry", expected=expected, given=Given(), now=at
    )


def one(store, code, at=DAY):
    (found,) = status(store, at, Settings(), code)["targets"]
    return found


def test_every_target_has_every_key_of_the_contract(seeded):
    document = status(seeded, DAY, Settings())
    assert {"as_of", "data_version", "demo", "targets"} <= set(document)
    assert len(document["targets"]) == 32
    for target in document["targets"]:
        assert set(target) >= KEYS
        assert target["verdict"]["scale"] in SCALES
        assert target["verdict"]["reason_vi"]
        assert target["verdict"]["reason_en"]
    json.dumps(document)


def test_the_twenty_one_without_a_published_figure_say_so(seeded):
    targets = status(seeded, DAY, Settings())["targets"]
    without = [one for one in targets if one["latest"] is None]
    assert len(without) == 21
    assert all(one["verdict"]["scale"] == "no_data" for one in without)
    assert all(one["latest"]["source_url"] for one in targets if one["latest"])


def test_a_figure_handed_in_shows_with_its_source_and_its_change_on_the_year_before(seeded):
    figure = Figure("DL-01", "", "2026-H1", 3_300_000.0, "estimate", "Sở VHTTDL")
    receipt = hand_in(seeded, figure, at=DAY)
    now = one(seeded, "DL-01", receipt.at)
    assert now["latest"]["value"] == 3_300_000
    assert (now["latest"]["status"], now["latest"]["source"]) == ("estimate", "Sở VHTTDL")
    assert now["latest"]["submission"] == receipt.submission
    # published: nearly 3 million in the first half of 2025
    assert now["same_period"] == {
        "period": "2025-H1",
        "value": 3_000_000,
        "change": 300_000,
        "change_pct": pytest.approx(10),
    }


def test_a_moment_before_a_change_reads_byte_for_byte_as_it_did(seeded):
    before = json.dumps(status(seeded, DAY, Settings()))
    figures = [
        Figure("DL-01", "", "2025-10M", 4_700_000.0, "official", "Sở"),
        Figure("CN-01", "03646", "2026-H1", 97.0, "official", "UBND phường"),
    ]
    receipt = hand_in(seeded, *figures, at=DAY + MINUTE)
    after = status(seeded, receipt.at, Settings())
    assert json.dumps(status(seeded, DAY, Settings())) == before
    assert after["data_version"] > json.loads(before)["data_version"]


def test_undone_all_is_as_before_and_both_submissions_are_listed(seeded):
    def content(at):
        return json.dumps(status(seeded, at, Settings())["targets"])

    before = content(DAY)
    figure = Figure("DL-01", "", "2026-H1", 3_000_000.0, "estimate", "Sở")
    receipt = hand_in(seeded, figure, at=DAY + MINUTE)
    assert content(receipt.at) != before
    actor = access.shell("cán bộ")
    undone = submissions.undo(
        seeded, actor, receipt.submission, why="nhầm kỳ", now=DAY + 2 * MINUTE
    )
    assert content(undone.at) == before
    assert [(s.id, s.undoes) for s in submissions.listing(seeded)] == [
        (undone.submission, receipt.submission),
        (receipt.submission, None),
    ]


def test_an_agencys_figure_stands_before_a_published_one_whatever_its_status(seeded):
    figure = Figure("DL-01", "", "2024", 4_800_000.0, "estimate", "Sở")
    receipt = hand_in(seeded, figure, at=DAY)
    page = target_page(seeded, receipt.at, "DL-01", Settings())
    assert [f.value for f in page.figures if f.key[2] == "2024"] == ["4.800.000\u00a0lượt"]
    assert "4.900.000\u00a0lượt" in [f.value for f in page.alternatives if f.key[2] == "2024"]


def test_the_areas_of_a_target_are_counted_and_the_worst_is_named(seeded):
    figures = [
        Figure("CN-01", "03646", "2025", 95.0, "official", "x"),
        Figure("CN-01", "03646", "2026-H1", 97.0, "official", "x"),
        Figure("CN-01", "03664", "2025", 80.0, "official", "x"),
        Figure("CN-01", "03664", "2026-H1", 79.0, "official", "x"),
    ]
    receipt = hand_in(seeded, *figures, at=DAY)
    found = one(seeded, "CN-01", receipt.at)
    assert found["area"] == "03664"
    assert found["areas"] == {"reaching": 1, "with_figures": 2, "total": 8}
    assert found["latest"]["value"] == 79
    assert "Chiềng An" in found["verdict"]["reason_vi"]


def test_the_first_start_reads_as_a_job(seeded):
    view = overview(seeded, DAY, Settings())
    assert view.first == (
        "Có số liệu công bố cho 11 trong 32 chỉ tiêu, mới nhất năm 2025; 21 chỉ tiêu chờ số liệu."
    )
    assert len(view.rows) == 11
    assert len(view.waiting) == 21
    assert all("chưa có thông tin thực hiện" in one.text for one in view.milestones)
    receipt = hand_in(seeded, Figure("XD-03", "", "2025", 3.2, "official", "x"), at=DAY)
    assert overview(seeded, receipt.at, Settings()).first == ""


def test_rows_stand_worst_first(seeded):
    scales = [row.scale for row in overview(seeded, DAY, Settings()).rows]
    order = ["missed", "at_risk", "behind", "on_track", "met", "exceeded", "cannot_judge"]
    assert scales == sorted(scales, key=order.index)


def test_the_register_stands_alone_where_no_figure_was_loaded(store):
    seed(store, DAY, with_actuals=False)
    view = overview(store, DAY, Settings())
    assert view.rows == ()
    assert len(view.waiting) == 32
    assert view.sentence.startswith("Đến 22/11/2026: chưa có số liệu")


def test_a_revision_shows_what_stood_there_before(seeded):
    first = Figure("NL-01", "", "2025", 64.0, "estimate", "x")
    hand_in(seeded, first, at=DAY)
    receipt = hand_in(seeded, first._replace(value=65.5, status="official"), at=DAY + MINUTE)
    page = target_page(seeded, receipt.at, "NL-01", Settings())
    assert [(r.value, r.status_text, bool(r.until)) for r in page.revisions] == [
        ("64%", "ước tính", True),
        ("65,5%", "chính thức", False),
    ]


def test_an_unknown_code_is_no_page(seeded):
    assert target_page(seeded, DAY, "ZZ-99", Settings()) is None
    assert status(seeded, DAY, Settings(), "ZZ-99")["targets"] == []


def test_areas_of_a_target_stand_worst_first_and_the_silent_ones_last(seeded):
    figures = [
        Figure("CN-01", code, period, value, "official", "x")
        for code, before, now in (("03646", 95.0, 97.0), ("03664", 80.0, 79.0))
        for period, value in (("2025", before), ("2026-H1", now))
    ]
    receipt = hand_in(seeded, *figures, at=DAY)
    areas = target_page(seeded, receipt.at, "CN-01", Settings()).areas
    assert [one.code for one in areas[:2]] == ["03664", "03646"]
    assert {one.scale for one in areas[2:]} == {"no_data"}
    assert len(areas) == 8

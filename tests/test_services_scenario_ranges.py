"""Where the fields of a scenario start: at what just reaches the target, and at no error."""

from __future__ import annotations

import shutil

import pytest

from db.engine import Store, open_store
from indicators.model import Settings
from services.demo import demo
from services.scenario_desk import Desk, choices
from services.scenario_ranges import Grid, beginning, going_on, nice
from services.scenarios import run_document
from services.snapshot import snapshot

AT = 1_795_000_000_000_000
KINDS = ("growth", "steps", "line", "s_curve", "saturating", "logistic")
IN_DOCUMENT = {"share": "pct"}


@pytest.fixture(scope="module")
def desk(untouched: Store) -> Desk:
    return Desk(snapshot(untouched, AT, Settings()))


def shape(desk: Desk, code: str, kind: str) -> dict:
    fields = beginning(desk, code).fields[kind]
    return {"kind": kind, **{IN_DOCUMENT.get(n, n): v for n, v in fields.items()}}


def ran(desk: Desk, code: str, one: dict) -> dict:
    answer = run_document(desk.known, {"targets": {code: {"shape": one}}})
    assert answer["problems"] == []
    return answer["targets"][0]


@pytest.mark.parametrize("kind", KINDS)
def test_what_a_field_starts_with_just_reaches_the_target(desk, kind):
    for code in ("DL-01", "DL-03", "NL-01", "NL-02", "GD-01", "KT-01", "HTX-01"):
        found = ran(desk, code, shape(desk, code, kind))
        assert found["reached"], (code, kind)
        assert abs(found["gap"]) < 0.06 * abs(found["target"]), (code, kind)  # and not far beyond


def test_the_first_course_is_a_growth_for_counts_and_a_step_for_rates_and_totals(desk):
    kinds = {code: beginning(desk, code).kind for code in ("DL-01", "KT-01", "GD-01", "DT-01")}
    assert kinds == {"DL-01": "growth", "KT-01": "growth", "GD-01": "steps", "DT-01": "steps"}
    # (9 / 4.9)^(1/6) − 1 = 10.66 %, rounded up
    assert beginning(desk, "DL-01").fields["growth"]["pct"] == 10.7


def test_own_values_start_as_a_straight_way_to_the_target(desk):
    own = beginning(desk, "NL-01").own
    assert own == {2024: 63, 2025: 65, 2026: 67, 2027: 69, 2028: 71, 2029: 73, 2030: 75}
    values = {str(year): value for year, value in beginning(desk, "DT-01").own.items()}
    found = ran(desk, "DT-01", {"kind": "own", "values": values})
    assert found["reached"]


def test_every_target_with_a_figure_can_go_on_as_it_does(desk):
    for code, _name in choices(desk):
        kind, fields = going_on(desk, code)
        ran(desk, code, {"kind": kind, **fields})


@pytest.mark.parametrize("kind", ["growth", "steps", "line", "saturating"])
def test_a_slider_goes_to_both_sides_of_where_it_starts(desk, kind):
    for code, _name in choices(desk):
        start = beginning(desk, code)
        for name, grid in start.grids[kind].items():
            places = grid.places()
            assert 20 < len(places) < 250
            assert places == sorted(set(places))
            assert places[0] <= start.fields[kind][name] <= places[-1], (code, kind)


def test_places_have_no_noise_of_binary_fractions():
    assert Grid(0.0, 0.6, 0.1).places() == [0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6]
    assert Grid(-3e6, 3e6, 50_000).places()[1] == -2_950_000


def test_what_lies_outside_or_between_is_shown_at_the_nearest_place():
    grid = Grid(-10.0, 10.0, 0.5)
    assert [grid.nearest(x) for x in (10.7, -99.0, 3.3, None)] == [10.0, -10.0, 3.5, 0.0]


@pytest.mark.parametrize(("step", "wanted"), [(0.3, 0.5), (1, 1), (2.1, 5), (7, 10), (0.02, 0.02)])
def test_steps_are_round_numbers(step, wanted):
    assert nice(step) == pytest.approx(wanted)


@pytest.mark.slow
def test_just_enough_reaches_every_target_of_the_programme(migrated_file, tmp_path):
    shutil.copy(migrated_file, tmp_path / "store.db")
    store = open_store(f"sqlite:///{tmp_path / 'store.db'}")
    demo(store, AT)
    at = Desk(snapshot(store, AT, Settings()))
    codes = [code for code, _name in choices(at)]
    assert len(codes) > 30
    goal = {"targets": {code: {"shape": {"kind": "goal"}} for code in codes}}
    first = {
        code: {"shape": shape(at, code, beginning(at, code).kind)}
        for code in codes
        if not needs_every_year(at, code)
    }
    for targets in (goal["targets"], first):
        found = run_document(at.known, {"targets": targets})
        assert found["problems"] == []
        assert [one["code"] for one in found["targets"] if not one["reached"]] == []
    store.close()


def needs_every_year(at: Desk, code: str) -> bool:
    """A bound below which today's figure lies, to be met already next year."""
    return next(one.kind for one in at.known.targets if one.code == code) == "every_year"

"""Which assumption matters most: worked out by hand for a product of two."""

from __future__ import annotations

import pytest

from db.engine import Store
from indicators.model import Settings
from services.scenario_desk import Desk
from services.scenario_weights import weights
from services.snapshot import snapshot

AT = 1_795_000_000_000_000


@pytest.fixture(scope="module")
def desk(untouched: Store) -> Desk:
    return Desk(snapshot(untouched, AT, Settings()))


def document(**more: object) -> dict:
    return {
        "targets": {
            "DL-01": {
                "shape": {"kind": "growth", "pct": 10},
                "effects": [{"kind": "shock", "year": 2030, "pct": -20, "recovery": None}],
            },
            "GD-01": {"shape": {"kind": "steps", "amount": 2}},
        },
        "drivers": {"chi_tieu": {"unit": "triệu đồng/lượt", "shape": {"kind": "growth", "pct": 4}}},
        "identities": ["DL-03 = DL-01 * chi_tieu"],
        **more,
    }


def test_each_assumption_is_moved_alone_and_the_weightiest_stands_first(desk):
    found = weights(desk, document(), "DL-03")
    assert [one.what for one in found] == [
        "DL-01: mức tăng mỗi năm",
        "DL-01: năm bất thường (2030)",
        "chi_tieu: mức tăng mỗi năm",
    ]

    def end(visits: float = 10, spend: float = 4, shock: float = -20) -> float:
        return 5_800 * ((1 + visits / 100) * (1 + spend / 100)) ** 6 * (1 + shock / 100)

    swings = [
        end(visits=11) - end(visits=9),
        end(shock=-18) - end(shock=-22),
        end(spend=4.4) - end(spend=3.6),
    ]
    assert [one.swing for one in found] == pytest.approx(swings, rel=1e-9)
    assert swings == sorted(swings, reverse=True)


def test_what_no_formula_ties_to_the_target_is_left_out(desk):
    assert weights(desk, document(), "GD-01") == []  # one number alone needs no order
    assert not any("GD-01" in one.what for one in weights(desk, document(), "DL-01"))


def test_what_cannot_be_moved_so_far_is_left_out(desk):
    shocked = document()
    shocked["targets"]["DL-01"]["effects"][0]["pct"] = -95  # a tenth more is beyond -100 %
    assert [one.what for one in weights(desk, shocked, "DL-03")] == [
        "DL-01: mức tăng mỗi năm",
        "chi_tieu: mức tăng mỗi năm",
    ]


def test_every_number_that_can_be_moved_has_its_words(desk):
    effects = [
        {"kind": "shock", "year": 2027, "pct": -10},
        {"kind": "project", "year": 2028, "amount": 2},
        {"kind": "delay", "years": 1},
    ]
    for shape in (
        {"kind": "growth", "pct": 2}, {"kind": "steps", "amount": 2},
        {"kind": "line", "value": 80, "year": 2030},
        {"kind": "saturating", "ceiling": 90, "pct": 10},
        {"kind": "logistic", "ceiling": 90, "pct": 10},
        {"kind": "s_curve", "value": 80, "year": 2030},
        {"kind": "own", "values": {"2030": 80}}, {"kind": "trend"}, {"kind": "goal"},
    ):  # fmt: skip
        for lang in ("vi", "en"):
            one = {"targets": {"GD-01": {"shape": shape, "effects": effects}}}
            assert len(weights(desk, one, "GD-01", lang)) >= 2

"""How often each method gave the label that was published: shown where the methods are explained.

tests/test_indicators_methods_record.py counts anew from the table of cases and holds these numbers.
"""

from __future__ import annotations

from typing import NamedTuple


class Checked(NamedTuple):
    """Cases of one method, and how many of them it gives the same label for (and number, if any).

    published: what the source itself, or who used its method, printed. rules: cases at the
    thresholds that follow from the written rule alone.
    """

    published: int
    reproduced: int
    rules: int
    rules_reproduced: int


NOT_CHECKED = Checked(0, 0, 0, 0)

CHECKED: dict[str, Checked] = {
    "destatis": Checked(314, 300, 21, 21),
    "vn_plan": Checked(1, 1, 15, 15),
    "healthy_people": Checked(0, 0, 10, 10),
    "statcan": Checked(248, 248, 10, 10),
    "eurostat": Checked(0, 0, 8, 8),
    "unsd": Checked(0, 0, 5, 5),
    "sdg_index": Checked(160, 156, 0, 0),
    "escap_csi": Checked(91, 91, 4, 4),
    "escap_api": Checked(90, 90, 0, 0),
}

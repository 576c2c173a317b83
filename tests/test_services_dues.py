from datetime import date

from db import changes, tables, versioned
from services.dues import next_reports
from services.moments import day_end, day_start
from services.seeding import seed


def found(store, day):
    return [
        (one.duty.key, one.due and one.due.day, one.due and one.due.period and one.due.period.text)
        for one in next_reports(store, day_end(day))
    ]


def test_duties_come_soonest_first_and_those_without_a_day_last(untouched):
    assert found(untouched, date(2026, 6, 5)) == [
        ("BC-TC-6T", date(2026, 6, 10), "2026-H1"),
        ("BC-CQ-N", date(2026, 12, 5), "2026"),
        ("BC-TC-N", date(2026, 12, 10), "2026"),
        ("BC-CQ-6T", date(2027, 6, 5), "2027-H1"),  # 5 June itself is late already
        ("BC-DU-6T", None, None),
        ("BC-DU-N", None, None),
        ("BC-PS", None, None),
    ]


def test_nothing_was_due_before_the_programme_was_issued(untouched):
    days = {key: day for key, day, _ in found(untouched, date(2025, 1, 1))}
    assert days["BC-CQ-6T"] == date(2026, 6, 5)
    assert days["BC-CQ-N"] == date(2026, 12, 5)


def test_after_the_term_nothing_is_due(untouched):
    assert {day for _, day, _ in found(untouched, date(2030, 12, 10))} == {None}


def test_a_day_set_by_hand_stands_where_the_text_has_none(store):
    now = day_start(date(2026, 11, 22))
    seed(store, now, with_actuals=False)
    with store.write() as tx:
        change = changes.begin(tx, "duties", "Quản trị", "đặt hạn", now + 1)
        row = {"duty": "BC-DU-N", "day": "12-20", "by": "Quản trị"}
        versioned.put(tx, tables.duty_days, [row], change, added_from=now + 1)
    by_hand = [one for one in next_reports(store, now + 2) if one.set_by_hand]
    assert [(one.duty.key, one.due.day) for one in by_hand] == [("BC-DU-N", date(2026, 12, 20))]

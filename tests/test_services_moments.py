from datetime import UTC, date, datetime

import pytest

from services import moments, store
from services.access import LOCAL
from services.submissions import Figure, Given, commit


def at(*parts):
    return int(datetime(*parts, tzinfo=UTC).timestamp()) * 1_000_000


def test_a_day_is_its_end_in_the_province():
    # the day ends at 17:00 in Greenwich
    assert moments.moment("2026-06-05") == at(2026, 6, 5, 17) - 1
    assert moments.moment(" 2026-06-05 ") == moments.day_end(date(2026, 6, 5))


@pytest.mark.parametrize(
    "text", ["2026-06-05T10:30:00+07:00", "2026-06-05T03:30:00Z", "2026-06-05 03:30+00:00"]
)
def test_a_time_with_offset_is_that_moment(text):
    assert moments.moment(text) == at(2026, 6, 5, 3, 30)


@pytest.mark.parametrize(
    "text",
    [
        *("", "hôm nay", "05/06/2026", "20260605", "2026-06-31", "2026-06-05T10:30", "2026-W23-5"),
        *("1989-12-31", "2201-01-01", "9999-12-31", "9999-12-31T23:59:59Z"),
        *("0001-01-01", "0001-01-01T00:00:00+14:00", "٢٠٢٦-٠٦-٠٥", "2026-06-05\x00"),
    ],
)
def test_what_is_no_day_and_no_time_with_offset_is_refused(text):
    with pytest.raises(ValueError):  # noqa: PT011 - some words are the standard library's
        moments.moment(text)


def test_today_is_the_province_s_day():
    assert moments.today_of(at(2026, 6, 5, 16, 59)) == date(2026, 6, 5)
    assert moments.today_of(at(2026, 6, 5, 17)) == date(2026, 6, 6)
    day = date(2026, 6, 5)
    assert moments.day_start(day) == at(2026, 6, 4, 17)
    assert moments.today_of(moments.day_start(day)) == day
    assert moments.today_of(moments.day_end(day)) == day


def test_a_moment_written_out_reads_back_exactly():
    moment = at(2026, 6, 5, 3, 30) + 7
    assert moments.iso(moment) == "2026-06-05T10:30:00.000007+07:00"
    assert moments.moment(moments.iso(moment)) == moment


def test_the_present_never_hides_what_was_just_stored(bare_url):
    opened = store.open_ready(bare_url)
    assert store.present(opened, 50) == 50
    figure = Figure("DL-01", "", "2026", 1.0, "estimate")
    commit(opened, LOCAL, [figure], kind="entry", expected=None, given=Given(), now=100)
    assert store.present(opened, 60) == 100  # the clock has gone back
    assert store.present(opened, 160) == 160
    assert [store.data_version(opened, moment) for moment in (99, 100)] == [0, 1]
    opened.close()

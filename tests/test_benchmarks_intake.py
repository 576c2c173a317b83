"""The benchmark of the intake still runs its course, and says what it measured."""

from __future__ import annotations

import pytest

from benchmarks import intake


@pytest.mark.slow
def test_the_course_of_a_large_file_is_measured_from_the_bytes_to_the_receipt():
    found = intake.measure(rows=400)
    assert found["stored"] == found["rows"] == 400
    for name in ("read_checked_previewed", "commit", "bare_executemany", "calamine_reading"):
        assert found[name] > 0
    assert found["commit_ratio"] == found["commit"] / found["bare_executemany"]

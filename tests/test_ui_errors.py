"""What is shown when a page breaks."""

from __future__ import annotations

import logging
import re

from streamlit.testing.v1 import AppTest

from tests.app import html_of


def broken() -> None:
    from ui.errors import show_incident

    show_incident(RuntimeError("password=hunter2 <b>/srv/secret</b>"))


def test_a_broken_page_says_one_sentence_and_the_number_that_the_log_has(caplog):
    with caplog.at_level(logging.ERROR, logger="app.incident"):
        html = html_of(AppTest.from_function(broken).run())
    number = re.search(r"Mã sự cố: ([0-9a-f]{8})\.", html).group(1)
    assert number in caplog.text
    assert "hunter2" not in html
    assert "Traceback" not in html
    assert 'href="/"' in html

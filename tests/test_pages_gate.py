"""A stranger, a viewer, and the local user at the door of each page."""

from __future__ import annotations

import pytest

from i18n.words import words
from services.access import ROLES, Actor
from tests.app import failed, html_of, opened, page
from ui import gate, navigation

REFUSED = words("vi")("frame.refused")
PAGES = [entry.name for entry in navigation.ENTRIES]


@pytest.fixture(autouse=True)
def store(tmp_path, monkeypatch):
    opened(tmp_path, monkeypatch)


@pytest.mark.parametrize("name", PAGES)
def test_a_stranger_sees_the_refusal_and_nothing_else(name, monkeypatch):
    monkeypatch.setattr(gate, "_who", lambda: None)
    app = page(name, code="DL-01")
    assert html_of(app) == (
        '<div class="a-refused" role="alert"><h1>Bạn chưa có quyền mở trang này.</h1></div>'
    )
    assert len(app.main) == 1


@pytest.mark.parametrize("name", PAGES)
def test_the_local_user_opens_every_page(name):
    app = page(name)
    assert not failed(app)
    assert "<h1>" in html_of(app)


def test_a_viewer_reads_but_does_not_hand_in(monkeypatch):
    monkeypatch.setattr(gate, "_who", lambda: Actor("xem", ROLES["viewer"]))
    assert REFUSED not in html_of(page("overview"))
    assert REFUSED not in html_of(page("target"))
    assert "chưa có quyền mở" in html_of(page("upload"))


def test_a_page_that_is_not_in_the_table_is_opened_to_nobody(monkeypatch):
    monkeypatch.delitem(navigation.NEEDS, "target")
    assert "chưa có quyền mở" in html_of(page("target"))

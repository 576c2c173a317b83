"""Every text of a target's page and of the overview is Vietnamese, quotes and titles apart."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass

from indicators.model import Settings
from services.overview import overview
from services.targets import codes, target_page
from tests.vietnamese import foreign

NOW = 1_795_000_000_000_000
# Keys that no page shows as they are, what a source itself says, and pictures.
NOT_WORDS = {
    *("source", "source_url", "quote", "key", "code", "status", "scale", "trend", "method"),
    *("label", "target", "bullet", "spark"),
}


def strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif is_dataclass(value):
        for one in fields(value):
            if one.name not in NOT_WORDS:
                yield from strings(getattr(value, one.name))
    elif isinstance(value, dict):
        yield from strings(tuple(value.values()))
    elif isinstance(value, tuple | list):
        for one in value:
            yield from strings(one)


def test_no_english_word_stands_on_a_targets_page(untouched):
    found = {
        code: {
            text for text in strings(target_page(untouched, NOW, code, Settings())) if foreign(text)
        }
        for code, _ in codes(untouched, NOW)
    }
    assert len(found) == 32
    assert {code: texts for code, texts in found.items() if texts} == {}


def test_no_english_word_stands_on_the_overview(untouched):
    shown = list(strings(overview(untouched, NOW, Settings())))
    assert len(shown) > 200
    assert [text for text in shown if foreign(text)] == []

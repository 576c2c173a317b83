"""The Vietnamese of the English texts that the seed carries: doubts, notes, why, documents.

The register's files keep one text of each; the store, open data and JSON give it as it is. The
catalogue ``seed_texts.csv`` has a row for each English text: where it stands first, the text,
its Vietnamese. A register that grew from other files may hold any text: what the catalogue does
not know is shown as it was written.
"""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

from .numbers import LANGUAGES

CATALOGUE = Path(__file__).with_name("seed_texts.csv")


@cache
def catalogue() -> dict[str, str]:
    """English text -> Vietnamese, read once, when the first text is asked for."""
    with CATALOGUE.open(encoding="utf-8", newline="") as file:
        rows = csv.reader(file)
        next(rows)  # the heading
        return {text: vietnamese for _, text, vietnamese in rows}


def seed_text(text: str, lang: str = "vi") -> str:
    """A text of the seed in the language; one that the catalogue does not know as it is.

    Args:
        text: as the register or the store holds it.
        lang: "vi" or "en".

    Raises:
        ValueError: another language.
    """
    if lang not in LANGUAGES:
        raise ValueError(f"no language {lang!r}")
    return catalogue().get(text, text) if lang == "vi" and text else text


def source_text(source: str, lang: str = "vi") -> str:
    """A source as ``publisher: title``: the publisher in the language, the title as printed.

    Raises:
        ValueError: another language.
    """
    publisher, colon, title = source.partition(": ")
    return f"{seed_text(publisher, lang)}{colon}{title}"

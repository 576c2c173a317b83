"""The words on screen: gettext catalogues, Vietnamese by default, English second.

A word has a stable English id such as ``overview.sentence``. The part before the first dot
names the catalogue (``locale/<lang>/LC_MESSAGES/overview.po``), which is read when its first
word is asked for. The ``.mo`` beside it is only a fast form: it carries the checksum of the
``.po`` that it was made from, and where that does not fit, the ``.po`` itself is read.
"""

from __future__ import annotations

import gettext
import hashlib
import io
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import Protocol

from .numbers import LANGUAGES, number

LOCALE = Path(__file__).parent / "locale"


class Words(Protocol):
    """What a page holds: a function from an id and its values to text in one language."""

    lang: str

    def __call__(self, key: str, /, **values: object) -> str:
        """The words of an id, its ``{places}`` filled."""
        ...

    def plural(self, key: str, count: int, /, **values: object) -> str:
        """The words of an id for a count, which also fills ``{n}``."""
        ...


class Translator:
    """Words of one language; see ``words``."""

    __slots__ = ("_plurals", "_templates", "lang")

    def __init__(self, lang: str) -> None:
        if lang not in LANGUAGES:
            raise ValueError(f"no language {lang!r}")
        self.lang = lang
        self._templates: dict[str, str] = {}
        self._plurals: dict[tuple[str, int], str] = {}

    def __call__(self, key: str, /, **values: object) -> str:
        """The words of an id, its ``{places}`` filled from the values.

        Raises:
            ValueError: no catalogue has the id, or a place has no value.
        """
        template = self._templates.get(key)
        if template is None:
            template = self._templates[key] = self._find(key, 1)
        return _filled(key, template, values) if values or "{" in template else template

    def plural(self, key: str, count: int, /, **values: object) -> str:
        """The words of an id for a count; ``{n}`` is the count, written in the language.

        Raises:
            ValueError: no catalogue has the id, or a place has no value.
        """
        template = self._plurals.get((key, count))
        if template is None:
            template = self._find(key, count)
            if len(self._plurals) < 10_000:
                self._plurals[key, count] = template
        return _filled(key, template, {"n": number(count, 0, self.lang), **values})

    def _find(self, key: str, count: int) -> str:
        texts = catalogue(self.lang, key.partition(".")[0])
        found = texts.ngettext(key, key, count)
        if found == key:
            found = texts.gettext(key)
        if found == key:
            raise ValueError(f"no words for {key!r} in {self.lang!r}")
        return found


def _filled(key: str, template: str, values: dict[str, object]) -> str:
    try:
        return template.format(**values)
    except (KeyError, IndexError) as error:
        raise ValueError(f"{key!r} needs a value for {error.args[0]!r}") from None


@lru_cache(maxsize=len(LANGUAGES))
def words(lang: str = "vi") -> Translator:
    """The translator of a language, "vi" or "en".

    ``_ = words("vi"); _("upload.title"); _.plural("overview.at_risk", 3)``

    Raises:
        ValueError: another language.
    """
    return Translator(lang)


@lru_cache(maxsize=256)
def catalogue(lang: str, topic: str) -> gettext.NullTranslations:
    """The texts of one topic; an empty catalogue where there is none."""
    folder = LOCALE / lang / "LC_MESSAGES"
    if not topic.isidentifier() or not (folder / f"{topic}.po").is_file():
        return gettext.NullTranslations()
    source = (folder / f"{topic}.po").read_bytes()
    compiled = folder / f"{topic}.mo"
    if compiled.is_file():
        with compiled.open("rb") as file:
            found = gettext.GNUTranslations(file)
        if found.info().get("project-id-version") == f"words {checksum(source)}":
            return found
    return gettext.GNUTranslations(io.BytesIO(compiled_form(source)))


def checksum(source: bytes) -> str:
    """SHA-256 of a ``.po``, line ends as in git."""
    return hashlib.sha256(source.replace(b"\r\n", b"\n")).hexdigest()


def compiled_form(source: bytes) -> bytes:
    """The ``.mo`` of a ``.po``, with the checksum of its source in the header."""
    # Babel takes 40 ms to import: only those who compile pay for it.
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    texts = read_po(io.BytesIO(source), abort_invalid=True)
    texts.project, texts.version = "words", checksum(source)
    texts.creation_date = texts.revision_date = datetime(2026, 1, 1, tzinfo=UTC)
    compiled = io.BytesIO()
    write_mo(compiled, texts)
    return compiled.getvalue()

"""Writes the ``.mo`` of every catalogue: ``python -m i18n.compile``."""

from __future__ import annotations

from .words import LOCALE, compiled_form


def compile_all() -> list[str]:
    """Write each ``.mo`` that does not fit its ``.po``; their names come back."""
    written = []
    for source in sorted(LOCALE.glob("*/LC_MESSAGES/*.po")):
        compiled = compiled_form(source.read_bytes())
        target = source.with_suffix(".mo")
        if not target.is_file() or target.read_bytes() != compiled:
            target.write_bytes(compiled)
            written.append(str(target.relative_to(LOCALE)))
    return written


if __name__ == "__main__":
    compile_all()

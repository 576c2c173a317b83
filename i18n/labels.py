"""Fixed words of the field: statuses, the nine keys of the scale, kinds, units, what is asked.

Arguments are the plain keys that the register and the store use.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from .numbers import number, range_text, scale_of, short_text, with_unit
from .periods import years_text
from .words import words

# Worst first, as every page sorts; the last two cannot be ranked.
SCALES = (
    "missed", "at_risk", "behind", "on_track", "met", "exceeded",
    "cannot_judge", "not_due", "no_data",
)  # fmt: skip
ARROWS = {"up": "↗", "flat": "→", "down": "↘"}
DONE, BETWEEN = "done", "between"


def scale_text(scale: str, lang: str = "vi") -> str:
    """The status of a target: nguy cơ không đạt.

    Raises:
        ValueError: none of the nine keys.
    """
    return words(lang)(f"scale.{scale}")


def scale_in_full(
    scale: str,
    lang: str = "vi",
    *,
    year: int | None = None,
    stale_year: int | None = None,
    provisional: bool = False,
) -> str:
    """The status with what limits it: đạt (năm 2025) · chưa đủ cơ sở đánh giá (số liệu năm 2021).

    Args:
        scale: one of the nine keys.
        lang: "vi" or "en".
        year: the closed year that an every-year verdict is of.
        stale_year: the year of a figure that is too old for a verdict.
        provisional: whether too few points stand behind it.
    """
    _ = words(lang)
    notes = []
    if year is not None:
        notes.append(_("scale.of_year", year=year))
    if stale_year is not None:
        notes.append(_("scale.figure_of_year", year=stale_year))
    if provisional:
        notes.append(_("scale.provisional"))
    text = scale_text(scale, lang)
    return _("scale.noted", scale=text, notes=", ".join(notes)) if notes else text


def status_text(status: str, lang: str = "vi") -> str:
    """The status of a figure: ước tính · sơ bộ · chính thức."""
    return words(lang)(f"label.status.{status}")


def origin_text(origin: str, lang: str = "vi") -> str:
    """Where a figure comes from: đã công bố · do cơ quan báo cáo."""
    return words(lang)(f"label.origin.{origin}")


def kind_text(kind: str, lang: str = "vi") -> str:
    """The kind of a target: mức cần đạt · đạt hằng năm · lũy kế cả giai đoạn · từng địa bàn."""
    return words(lang)(f"label.kind.{kind}")


def measure_text(measure: str, lang: str = "vi") -> str:
    """How an indicator adds up: cộng dồn trong năm · tại cuối kỳ · tỷ lệ."""
    return words(lang)(f"label.measure.{measure}")


def direction_text(direction: str, lang: str = "vi") -> str:
    """Which way is better: càng cao càng tốt."""
    return words(lang)(f"label.direction.{direction}")


def rule_text(rule: str, lang: str = "vi") -> str:
    """How a path's value was found (official, line, growth, season, calendar, bound)."""
    return words(lang)(f"label.rule.{rule}")


def trend_text(trend: str, lang: str = "vi") -> str:
    """Where the number goes, arrow and word: ↗ tăng · → đi ngang · ↘ giảm."""
    return f"{ARROWS[trend]} {words(lang)(f'label.trend.{trend}')}"


@lru_cache(maxsize=1024)
def unit_text(unit: str, lang: str = "vi", *, one: bool = False) -> str:
    """A unit in the language; one that the catalogue does not know comes back as it is.

    Args:
        unit: as in the register: lượt, tỷ đồng, %.
        lang: "vi" or "en".
        one: the singular, for languages that have one.
    """
    if lang == "vi" or not unit:
        return unit
    try:
        return words(lang).plural(f"unit.{_slug(unit)}", 1 if one else 2)
    except ValueError:
        return unit


def series_text(series: str, lang: str = "vi") -> str:
    """The name of a series of another definition; one without words comes back as it is.

    Args:
        series: as in the store: in-operation, white-book.
        lang: "vi" or "en".
    """
    try:
        return words(lang)(f"label.series.{_slug(series)}") if series else ""
    except ValueError:
        return series


def _slug(unit: str) -> str:
    plain = unicodedata.normalize("NFD", unit.lower().replace("đ", "d").replace("%", "percent"))
    bare = "".join(s for s in plain if not unicodedata.combining(s))
    return "_".join("".join(s if s.isalnum() else " " for s in bare).split())


def asked_text(
    comparator: str,
    low: float,
    high: float | None = None,
    unit: str = "",
    decimals: int = 1,
    lang: str = "vi",
) -> str:
    """What a clause asks for: ít nhất 75% · khoảng 5.500 doanh nghiệp · 100–150 dự án.

    Args:
        comparator: at_least, more_than, about, between, at_most or done.
        low: the value asked for; for between its lower end.
        high: the upper end of between.
        unit: as in the register.
        decimals: most decimals to show.
        lang: "vi" or "en".

    Raises:
        ValueError: another comparator.
    """
    shown = unit_text(unit, lang, one=low == 1 and high is None)
    if comparator == BETWEEN and high is not None:
        value = range_text(low, high, shown, decimals, lang)
    else:
        value = with_unit(number(low, decimals, lang), shown)
    return words(lang)(f"label.comparator.{comparator}", value=value)


def asked_short(
    comparator: str,
    low: float,
    high: float | None = None,
    unit: str = "",
    decimals: int = 1,
    lang: str = "vi",
) -> str:
    """What is asked where the unit stands elsewhere: ít nhất 9 triệu · ít nhất 84,4% · 100–150.

    Arguments and errors as for ``asked_text``; of the unit only % is written.
    """
    sign = unit if unit == "%" else ""
    if comparator == BETWEEN and high is not None:
        value = range_text(low, high, sign, decimals, lang)
    elif scale_of(low, unit, lang)[1]:
        value = short_text(low, "", 2, lang)
    else:
        value = with_unit(number(low, decimals, lang), sign)
    return words(lang)(f"label.comparator.{comparator}", value=value)


@dataclass(frozen=True, slots=True)
class Asked:
    """What one clause asks for, in the register's words."""

    kind: str
    comparator: str
    low: float
    high: float | None
    unit: str
    decimals: int
    start: int
    end: int


def target_text(asked: Asked, lang: str = "vi") -> str:
    """What is asked by when: ít nhất 75% vào năm 2030 · ít nhất 8% mỗi năm, giai đoạn 2025–2030."""
    value = asked_text(asked.comparator, asked.low, asked.high, asked.unit, asked.decimals, lang)
    form = asked.kind
    if asked.start != asked.end and form in ("level", "each_area"):
        form += "_term"
    return words(lang)(
        f"label.asked.{form}", asked=value, years=years_text(asked.start, asked.end, lang)
    )


def target_label(start: int, end: int, lang: str = "vi") -> str:
    """The heading of the value asked for: mức đề ra năm 2030 · … cả giai đoạn 2025–2030."""
    if start == end:
        return words(lang)("label.target_of_year", year=end)
    return words(lang)("label.target_of_term", first=start, last=end)

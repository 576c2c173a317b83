"""The forecast explained: how it is made, how often its chances came true, what it cannot know."""

from __future__ import annotations

from dataclasses import dataclass

from charts.calibration import calibration
from charts.model import Figure
from i18n.forecast_reasons import probability_text
from i18n.numbers import number, percent, value_text, with_unit
from i18n.words import Words, words
from indicators import forecast_record as record
from indicators.forecast import FEW_POINTS, LEAST, LEAST_POINTS, MOST

_NAMED = 3  # the tenth that the sentence names: 30 to 40 %


@dataclass(frozen=True, slots=True)
class TenthLine:
    """Statements of one tenth: where they lay, their mean, what came true, by how much off."""

    band: str
    stated: str
    came: str
    off: str
    cases: str


@dataclass(frozen=True, slots=True)
class ForecastRecord:
    """The forecast, explained: the finding, how it is made, how it did, what it cannot know.

    worst: by how much stated and came true differ at most, over the ten levels.
    """

    sentence: str
    worst: str
    texts: tuple[str, ...]
    record: str
    unknown: str
    caption: str
    tenths: tuple[TenthLine, ...]
    figure: Figure


def told_record(lang: str = "vi") -> ForecastRecord:
    """How the forecast is made and how it did on series whose later years are known."""
    _ = words(lang)
    tenths = record.CALIBRATION
    worst = _off(max(abs(one.stated - one.came_true) for one in tenths), _)
    middle = tenths[_NAMED]
    sentence = _(
        "methodpage.forecast_sentence",
        stated=percent(100 * middle.stated, 0, _.lang),
        came=percent(100 * middle.came_true, 0, _.lang),
        worst=worst,
    )
    least = _(
        "methodpage.forecast_least",
        least=LEAST_POINTS,
        few=FEW_POINTS,
        low=probability_text(100 * LEAST, _.lang),
        high=probability_text(100 * MOST, _.lang),
    )
    told = _(
        "methodpage.forecast_record",
        series=number(record.SERIES, 0, _.lang),
        forecasts=number(record.FORECASTS, 0, _.lang),
        error=percent(100 * record.ERROR_SHARE, 0, _.lang),
        spread=percent(100 * record.DISTRIBUTION_ERROR_SHARE, 0, _.lang),
        in80=percent(record.INSIDE_80_PCT, 1, _.lang),
        in95=percent(record.INSIDE_95_PCT, 1, _.lang),
    )
    cases = number(sum(one.cases for one in tenths), 0, _.lang)
    return ForecastRecord(
        sentence=sentence,
        worst=worst,
        texts=(
            _("methodpage.forecast_how"),
            _("methodpage.forecast_running"),
            _("methodpage.forecast_disruption"),
            least,
        ),
        record=told,
        unknown=_("methodpage.forecast_unknown"),
        caption=_("methodpage.calibration_caption", n=cases),
        tenths=tuple(_tenth(place, one, _) for place, one in enumerate(tenths)),
        figure=calibration([(one.stated, one.came_true) for one in tenths], sentence, _.lang),
    )


def _tenth(place: int, one: record.Tenth, _: Words) -> TenthLine:
    return TenthLine(
        f"{10 * place}–{10 * (place + 1)}%",
        value_text(100 * one.stated, "%", 1, _.lang, fixed=True),
        value_text(100 * one.came_true, "%", 1, _.lang, fixed=True),
        number(100 * abs(one.stated - one.came_true), 1, _.lang, fixed=True),
        number(one.cases, 0, _.lang),
    )


def _off(share: float, _: Words) -> str:
    return with_unit(number(100 * share, 1, _.lang), _("methodpage.points"))

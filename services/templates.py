"""The official template for chosen targets, areas and periods, with the last known figures."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from db import register
from db.engine import Store
from i18n.periods import period_text
from indicators.model import EACH_AREA, Observation, Settings, Target
from indicators.periods import Period, parse
from indicators.series import newest
from intake import template as form
from intake.template import LastKnown, TemplateRow

from . import dues, rights
from .checking import register_of
from .snapshot import Snapshot, read

MOST_ROWS = 20_000
SHARE_OF_AREAS = "share_of_areas"


def template(
    store: Store,
    *,
    targets: Sequence[str],
    periods: Sequence[str],
    areas: Sequence[str],
    as_of: int,
    settings: Settings,
    agency: str = "",
) -> bytes:
    """The template as .xlsx bytes.

    Args:
        store: ready.
        targets: codes; at least one.
        periods: canonical spellings; none means the period whose report falls due next.
        areas: codes; of targets that areas answer only these. None means all of their scope.
        as_of: microseconds since 1970 (UTC).
        settings: what the province decided.
        agency: key of the agency that fills it: only what it reports by assignment, its name in
            the title. "" for no agency's own.

    Raises:
        ValueError: an unknown target, area, period or agency, no target, none of the agency's,
            or more rows than a person could fill; the message names it, in Vietnamese.
    """
    with store.read() as tx:
        known = read(tx, as_of, settings)
        offered = register_of(tx, as_of)
        due = dues.due_period(tx, as_of)
        who = rights.assigned(tx, as_of)
        names = {one.key: one.name_vi for one in register.agencies(tx, as_of)}
    if agency and agency not in names:
        raise ValueError(f"Không có cơ quan {agency}.")
    chosen = _chosen(known, targets)
    _known_areas(known, areas)
    spans = [_period(text) for text in periods] or [due]
    rows = list(_rows(known, chosen, spans, set(areas)))
    if agency:
        rows = [row for row in rows if who.reporter(row.code, row.area) == agency]
        if not rows:
            raise ValueError(f"{names[agency]} không được phân công chỉ tiêu nào đã chọn.")
    if len(rows) > MOST_ROWS:
        raise ValueError(f"Mẫu có {len(rows)} dòng, nhiều hơn {MOST_ROWS}: hãy chọn ít hơn.")
    subtitle = "Kỳ báo cáo: " + ", ".join(period_text(span.text) for span in spans)
    title = form.TITLE
    if agency:
        subtitle = f"Cơ quan báo cáo: {names[agency]}. {subtitle}"
        title = f"{title} – {names[agency].upper()}"
    return form.template(rows, offered, title=title, subtitle=subtitle, made_on=known.day)


def _chosen(known: Snapshot, codes: Sequence[str]) -> list[Target]:
    by_code = {one.code: one for one in known.targets}
    unknown = [code for code in codes if code not in by_code]
    if unknown:
        raise ValueError(f"Không có chỉ tiêu {', '.join(unknown)}.")
    if not codes:
        raise ValueError("Chưa chọn chỉ tiêu nào.")
    return [by_code[code] for code in dict.fromkeys(codes)]


def _known_areas(known: Snapshot, areas: Iterable[str]) -> None:
    unknown = [area for area in areas if area not in known.area_names]
    if unknown:
        raise ValueError(f"Không có địa bàn mã {', '.join(unknown)}.")


def _period(text: str) -> Period:
    try:
        return parse(text)
    except ValueError as error:
        example = "2026, 2026-H1, 2026-Q1, 2026-05, 2026-9M"
        raise ValueError(f"Không hiểu kỳ {text!r}; ví dụ đúng: {example}.") from error


def _rows(
    known: Snapshot, targets: Iterable[Target], spans: Sequence[Period], areas: set[str]
) -> Iterable[TemplateRow]:
    for target in targets:
        indicator = known.indicator_of(target)
        figures: Mapping[str, Mapping[Period, Observation]] = known.figures.get(indicator.code, {})
        for span in spans:
            for area in _areas_of(known, target, areas):
                last = newest(figures.get(area, {}))
                yield TemplateRow(
                    target.code,
                    target.name_vi,
                    target.unit,
                    span.text,
                    area,
                    indicator.decimals,
                    LastKnown(last.period.text, last.value, last.status) if last else None,
                )


def _areas_of(known: Snapshot, target: Target, wanted: set[str]) -> list[str]:
    """The areas that report a target; "" where the whole scope does."""
    by_share = known.indicator_of(target).area_rollup == SHARE_OF_AREAS
    if target.kind != EACH_AREA and not by_share:
        return [""]
    scope = target.areas or known.communes
    return [area for area in scope if not wanted or area in wanted]

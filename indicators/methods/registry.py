"""The methods by their keys, and the one way to ask them."""

from __future__ import annotations

from collections.abc import Mapping

from . import destatis, escap, eurostat, healthy_people, sdg_index, statcan, unsd, vn_plan
from .case import Method, MethodTarget, Result, read_case

METHODS: dict[str, Method] = {
    method.key: method
    for method in (
        destatis.METHOD,
        vn_plan.METHOD,
        healthy_people.METHOD,
        statcan.METHOD,
        eurostat.METHOD,
        unsd.METHOD,
        sdg_index.METHOD,
        escap.CSI,
        escap.API,
    )
}


def assess(
    method: str,
    series: Mapping[int | str, float | None] | Mapping[int, float] | Mapping[str, float],
    target: MethodTarget | Mapping[str, object],
    as_of: int,
) -> Result:
    """What a method says of a series under a target in an as-of year.

    Args:
        method: a key of METHODS.
        series: year → value (area → value for each_area); nothing after ``as_of`` is used.
        target: a `MethodTarget`, or a mapping with its keys.
        as_of: the as-of year.

    Raises:
        ValueError: no such method; a key that is no year; a target value that is no number.
    """
    if method not in METHODS:
        raise ValueError(f"no method: {method!r}")
    return METHODS[method].judge(read_case(series, target, as_of))


def assess_case(
    method: str,
    series: Mapping[int | str, float | None] | Mapping[int, float] | Mapping[str, float],
    target: Mapping[str, object],
    as_of: int,
) -> dict[str, object]:
    """Label and number alone, in the form of the published table of cases.

    Arguments and errors as for `assess`.
    """
    result = assess(method, series, target, as_of)
    return {"label": result.label, "number": result.number}

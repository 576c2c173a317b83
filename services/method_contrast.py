"""Where the other methods point another way than the verdict, and why: for a target's page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from i18n.reasons import method_limits_text, method_question_text
from i18n.words import words
from indicators.methods import vn_plan
from indicators.methods.registry import METHODS

from .assessments import MethodLine


@dataclass(frozen=True, slots=True)
class Contrast:
    """The other methods beside the verdict.

    sentence: how many point another way. why: method → what it asks otherwise, only of those.
    """

    sentence: str
    why: dict[str, str]


def contrast(lines: Sequence[MethodLine], lang: str = "vi") -> Contrast:
    """How the other methods of one target stand to the default verdict.

    Labels of different methods are never put on one scale here: only whether both say that it
    goes well enough, not quite, or badly is held side by side.

    Args:
        lines: every method of the target, the default one among them.
        lang: "vi" or "en".
    """
    _ = words(lang)
    own = next((_points(one) for one in lines if one.is_default), "")
    pointing = {one.method: _points(one) for one in lines if not one.is_default}
    others = {method: way for method, way in pointing.items() if way}
    if not own:
        return Contrast(_("methodpage.other.no_default"), {})
    why = {
        method: _(
            "methodpage.other.why",
            question=method_question_text(method, lang),
            limits=method_limits_text(method, lang),
        )
        for method, way in others.items()
        if way != own
    }
    if not others:
        return Contrast(_("methodpage.other.alone"), {})
    if why:
        return Contrast(_("methodpage.other.differ", n=len(why), judged=len(others)), why)
    key = "one_agrees" if len(others) == 1 else "agree"
    return Contrast(_(f"methodpage.other.{key}", judged=len(others)), {})


def _points(line: MethodLine) -> str:
    """Which way a label points; "" where it judges nothing yet (a plan that is not due)."""
    if line.label == vn_plan.NOT_DUE:
        return ""
    return METHODS[line.method].scale.get(line.label, "")

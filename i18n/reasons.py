"""Why a verdict is what it is, in one or two sentences made from its numbers.

A reason is a key and numbers (``indicators.model.Reason``); the sentence of each key stands in
the catalogue ``reason``, its places are filled in ``reason_places``. Numbers that a verdict
tells apart are written with as many decimals as that takes.
"""

from __future__ import annotations

from collections.abc import Mapping

from .forecast_reasons import probability_text
from .reason_places import ReasonLike, filled
from .words import words


def sentence(
    reason: ReasonLike, lang: str = "vi", area_names: Mapping[str, str] | None = None
) -> str:
    """The reason in words.

    Args:
        reason: of a verdict or of one method's result.
        lang: "vi" or "en".
        area_names: area code → name; without one the code is written.

    Raises:
        ValueError: no sentence for the key, or one of its numbers is missing.
    """
    return filled(reason, lang, area_names or {})


def chance_differs(
    scale: str, probability: float | None, lang: str = "vi", reason: str = ""
) -> str:
    """One sentence on why verdict and chance differ; "" where they do not.

    They differ where the verdict says on track and the chance is below one half, and where it
    says at risk and the chance is one half or more.

    Args:
        scale: the verdict on the common scale.
        probability: the chance of reaching the target, 0 to 1; None is no chance known.
        lang: "vi" or "en".
        reason: the key of the verdict's reason.
    """
    if probability is None:
        return ""
    if scale == "on_track" and probability < 0.5:
        key = "chance_met" if reason == "met_early" else "chance_low"
    elif scale == "at_risk" and probability >= 0.5:
        key = "chance_high"
    else:
        return ""
    return words(lang)(f"reason.piece.{key}", pct=probability_text(100 * probability, lang))


def gap_differs(scale: str, better: float | None, lang: str = "vi", reason: str = "") -> str:
    """One sentence on why verdict and gap to the path differ; "" where they do not.

    A verdict on the pace of several years may call a target at risk whose newest figure is
    better than the path asks for by now, or the other way round.

    Args:
        scale: the verdict on the common scale.
        better: gap to the path, positive where the figure is better than it; None without one.
        lang: "vi" or "en".
        reason: the key of the verdict's reason; only of a pace there is something to say.
    """
    if not better or not reason.startswith("pace_"):
        return ""
    if scale in ("behind", "at_risk") and better > 0:
        return words(lang)("reason.piece.gap_better")
    if scale == "on_track" and better < 0:
        return words(lang)("reason.piece.gap_worse")
    return ""


def method_text(method: str, lang: str = "vi") -> str:
    """The name of a method.

    Raises:
        ValueError: no such method.
    """
    return words(lang)(f"method.{method}")


def method_label_text(method: str, label: str, lang: str = "vi") -> str:
    """A method's own word in the language: nhiều mây: đúng hướng nhưng quá chậm.

    Raises:
        ValueError: the method has no such label.
    """
    if label == "not_applicable":
        return words(lang)("method.not_applicable")
    return words(lang)(f"method.{method}.{label}")


def method_question_text(method: str, lang: str = "vi") -> str:
    """The question that a method answers.

    Raises:
        ValueError: no such method.
    """
    return words(lang)(f"method.{method}.question")


def method_limits_text(method: str, lang: str = "vi") -> str:
    """What a method leaves out, and so why it may differ from the others.

    Raises:
        ValueError: no such method.
    """
    return words(lang)(f"method.{method}.limits")

"""What is typed on the page Kịch bản, as text, and the scenario document that it says.

Texts are kept as they were typed, in the address, so that neither a slip nor a reload loses any.
"""

from __future__ import annotations

import base64
import binascii
import json
import re
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from i18n.numbers import number
from i18n.parsing import parse_number
from i18n.words import Words

Json = dict[str, Any]
Texts = dict[str, str]

KINDS = ("goal", "growth", "steps", "line", "saturating", "logistic", "s_curve", "own", "trend")
FOLLOWS, RAW = "follows", "raw"  # from a formula; from a file that the fields cannot show
NUMBERS: Mapping[str, tuple[str, ...]] = {
    "growth": ("pct",),
    "steps": ("amount",),
    "line": ("value", "year"),
    "saturating": ("ceiling", "share"),
    "logistic": ("ceiling", "pct"),
    "s_curve": ("value", "year"),
}
_IN_DOCUMENT = {"share": "pct"}  # the field's own name, where the document says it otherwise
PERCENT, YEARS = ("pct", "share", "shock_pct"), ("year", "shock_year", "project_year")
WHOLE = (*YEARS, "shock_recovery", "project_ramp", "delay")
EFFECTS: Mapping[str, tuple[tuple[str, str], ...]] = {
    "shock": (("shock_year", "year"), ("shock_pct", "pct"), ("shock_recovery", "recovery")),
    "project": (("project_year", "year"), ("project_amount", "amount"), ("project_ramp", "ramp")),
    "delay": (("delay", "years"),),
}
_OPTIONAL = ("shock_recovery", "project_ramp")
_LONGEST = 6000  # signs of an address that every browser and proxy lets through
_YEAR = re.compile(r"(?:19|20|21)\d\d")


@dataclass(slots=True)
class Form:
    """Everything typed: of each target its texts, formulas, drivers, name and note.

    rest: what a document says that no field shows (seed, paths, until), as JSON.
    """

    targets: dict[str, Texts] = field(default_factory=dict)
    drivers: dict[str, Texts] = field(default_factory=dict)
    identities: str = ""
    spread: str = "forecast"
    spread_pct: str = "5"
    name: str = ""
    note: str = ""
    rest: str = ""

    def packed(self) -> str:
        """The form as a short text for the address; "" where it is too long for one."""
        plain = json.dumps(_as_json(self), ensure_ascii=False, sort_keys=True).encode()
        text = base64.urlsafe_b64encode(zlib.compress(plain, 9)).decode().rstrip("=")
        return text if len(text) <= _LONGEST else ""


def _as_json(form: Form) -> Json:
    return {name: getattr(form, name) for name in Form.__dataclass_fields__}


def unpacked(text: str) -> Form | None:
    """The form that an address holds; None where it holds none."""
    if not text or len(text) > _LONGEST:
        return None
    try:
        packed = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
        found = zlib.decompressobj().decompress(packed, 100_000)
        given = json.loads(found)
    except (binascii.Error, zlib.error, ValueError, RecursionError):
        return None
    return _checked(given)


def _checked(given: object) -> Form | None:
    """A form of plain texts only, whatever somebody put into the address."""
    if not isinstance(given, dict):
        return None
    form = Form()
    for name in ("identities", "spread", "spread_pct", "name", "note", "rest"):
        setattr(form, name, str(given.get(name, getattr(form, name)))[:4000])
    for name in ("targets", "drivers"):
        group = given.get(name)
        if isinstance(group, dict):
            setattr(form, name, {
                str(code)[:40]: {str(k)[:40]: str(v)[:4000] for k, v in texts.items()}
                for code, texts in list(group.items())[:40]
                if isinstance(texts, dict)
            })  # fmt: skip
    return form


@dataclass(slots=True)
class Typed:
    """The document that a form says, with what was understood of each field ("DL-01.pct").

    document: None where a field cannot be read; ``wrong`` then says which.
    """

    document: Json | None
    echoes: dict[str, str]
    wrong: dict[str, str]


def read(form: Form, units: Mapping[str, str], firsts: Mapping[str, int], _: Words) -> Typed:
    """The scenario document of a form.

    Args:
        form: what was typed.
        units: of each target.
        firsts: of each target the first year that can be assumed, for values without years.
        _: words of the page's language, whose way of writing numbers is read.
    """
    reader = _Reader(_)
    document: Json = {"scenario": 1, "name": form.name.strip(), "note": form.note.strip()}
    if form.rest:
        document |= reader.raw("rest", {RAW: form.rest})
    document["targets"] = {
        code: reader.target(code, texts, units.get(code, ""), firsts.get(code, 2000))
        for code, texts in form.targets.items()
    }
    lines = [line.strip() for line in form.identities.splitlines() if line.strip()]
    document["identities"] = lines
    document["drivers"] = {name: reader.driver(name, texts) for name, texts in form.drivers.items()}
    document["spread"] = {"kind": "forecast"}
    if form.spread == "own":
        document["spread"] = {"kind": "own", "pct": reader.number("spread_pct", form.spread_pct)}
    return Typed(None if reader.wrong else document, reader.echoes, reader.wrong)


class _Reader:
    def __init__(self, _: Words) -> None:
        self._ = _
        self.echoes: dict[str, str] = {}
        self.wrong: dict[str, str] = {}

    def target(self, code: str, texts: Texts, unit: str, first: int) -> Json:
        kind = texts.get("kind", "goal")
        if kind == RAW:
            return self.raw(f"{code}.raw", texts)
        if kind == FOLLOWS:
            return {"effects": []}
        one: Json = {"effects": self._effects(code, texts, unit)}
        shape: Json = {"kind": kind}
        if kind == "goal":
            shape["by"] = texts.get("by", "step")
        elif kind == "own":
            shape["values"] = self._own(f"{code}.own", texts.get("own", ""), unit, first)
        for name in NUMBERS.get(kind, ()):
            shape[_IN_DOCUMENT.get(name, name)] = self._field(code, name, texts, unit)
        return {"shape": shape, **one}

    def _effects(self, code: str, texts: Texts, unit: str) -> list[Json]:
        found = []
        for kind, fields in EFFECTS.items():
            if not any(texts.get(name, "").strip() for name, _key in fields):
                continue
            one: Json = {"kind": kind}
            for name, key in fields:
                if name in _OPTIONAL and not texts.get(name, "").strip():
                    continue
                one[key] = self._field(code, name, texts, unit)
            found.append(one)
        return found

    def driver(self, name: str, texts: Texts) -> Json:
        unit = texts.get("unit", "").strip()
        if texts.get(RAW):
            return {**self.raw(f"{name}.raw", texts), "unit": unit}
        one: Json = {"unit": unit, "label": texts.get("label", "")}
        if texts.get("year", "").strip() or texts.get("value", "").strip():
            one["from"] = {
                "year": self._field(name, "year", texts, unit),
                "value": self._field(name, "value", texts, unit),
            }
        if texts.get("pct", "").strip():
            one["shape"] = {"kind": "growth", "pct": self._field(name, "pct", texts, unit)}
        return one

    def raw(self, place: str, texts: Texts) -> Json:
        """Assumptions that came from a file, as they are."""
        try:
            found = json.loads(texts.get(RAW, ""))
        except (ValueError, RecursionError):
            found = None
        if isinstance(found, dict):
            return found
        self.wrong[place] = self._("scenario.form.missing")
        return {}

    def _field(self, owner: str, name: str, texts: Texts, unit: str) -> float | int | None:
        place = f"{owner}.{name}"
        if name in WHOLE:
            return self._whole(place, texts.get(name, ""))
        own = "%" if name in PERCENT or unit == "%" else unit
        return self.number(place, texts.get(name, ""), own)

    def number(self, place: str, text: str, unit: str = "%") -> float | None:
        """A typed number, with what was understood of it."""
        typed = parse_number(text, self._.lang, unit)
        if typed.value is None:
            self.wrong[place] = typed.echo or self._("scenario.form.missing")
        else:
            self.echoes[place] = typed.echo
        return typed.value

    def _whole(self, place: str, text: str) -> int | None:
        plain = text.strip()
        if re.fullmatch(r"\d{1,4}", plain):
            return int(plain)
        key = "scenario.form.no_whole" if plain else "scenario.form.missing"
        self.wrong[place] = self._(key, text=plain[:40]) if plain else self._(key)
        return None

    def _own(self, place: str, text: str, unit: str, first: int) -> Json:
        """Yearly values: a line a year, two rows copied from a sheet, or values alone."""
        rows = [re.split(r"[\t;]+| {2,}", row.strip()) for row in text.splitlines() if row.strip()]
        if len(rows) == 1 and len(rows[0]) == 1:
            rows = [rows[0][0].split()]
        pairs = _paired(rows, first)
        found: Json = {}
        for year, value in pairs:
            typed = parse_number(value, self._.lang, unit)
            if not _YEAR.fullmatch(year) or typed.value is None:
                said = typed.echo or self._("scenario.form.no_year", text=year[:40])
                self.wrong[place] = said
                return {}
            found[year] = typed.value
        if not found:
            self.wrong[place] = self._("scenario.form.missing")
        self.echoes[place] = self._("scenario.form.understood_years", years="; ".join(
            f"{year}: {number(value, 6, self._.lang)}" for year, value in found.items()
        ))  # fmt: skip
        return found


def _paired(rows: list[list[str]], first: int) -> list[tuple[str, str]]:
    """Year and value of each: rows of two, two long rows, or values from the first year on."""
    if len(rows) == 2 and len(rows[0]) > 1 and all(_YEAR.fullmatch(c.strip()) for c in rows[0]):
        return [(y.strip(), v) for y, v in zip(*rows, strict=False)]
    pairs = []
    for place, row in enumerate(rows):
        cells = [cell.strip().rstrip(":") for cell in row if cell.strip()]
        if len(cells) == 1:
            parts = cells[0].split(None, 1)
            if len(parts) == 2 and _YEAR.fullmatch(parts[0].rstrip(":")):
                cells = [parts[0].rstrip(":"), parts[1]]
        if len(cells) == 2 and _YEAR.fullmatch(cells[0]):
            pairs.append((cells[0], cells[1]))
        elif len(rows) == 1 and not _YEAR.fullmatch(cells[0]):
            pairs += [(str(first + k), cell) for k, cell in enumerate(cells)]
        else:
            pairs.append((str(first + place), " ".join(cells)))
    return pairs


def written(document: Json, _: Words) -> Form:
    """The form of a saved document; what the fields cannot show is kept as it is."""
    form = Form(name=document.get("name", ""), note=document.get("note", ""))
    for code, one in document.get("targets", {}).items():
        form.targets[code] = _written_target(one, _)
    for name, one in document.get("drivers", {}).items():
        start, shape = one.get("from") or {}, one.get("shape") or {}
        if one.get("effects") or shape.get("kind", "growth") != "growth":
            raw = json.dumps({k: v for k, v in one.items() if k != "unit"}, ensure_ascii=False)
            form.drivers[name] = {"unit": one.get("unit", ""), RAW: raw}
            continue
        form.drivers[name] = {
            "label": one.get("label", ""),
            "unit": one.get("unit", ""),
            "year": str(start.get("year", "")),
            "value": _text(start.get("value"), _),
            "pct": _text(shape.get("pct"), _) if shape.get("kind") == "growth" else "",
        }
    form.identities = "\n".join(document.get("identities", []))
    rest = {name: document[name] for name in ("seed", "paths", "until") if document.get(name)}
    form.rest = json.dumps(rest) if rest else ""
    spread = document.get("spread") or {}
    if spread.get("kind") == "own":
        form.spread, form.spread_pct = "own", _text(spread.get("pct"), _)
    return form


def _written_target(one: Json, _: Words) -> Texts:
    shape: Json = one.get("shape") or {}
    kind = str(shape.get("kind", FOLLOWS))
    texts: Texts = {"kind": kind}
    for name in NUMBERS.get(kind, ()):
        texts[name] = typed_as(name, shape.get(_IN_DOCUMENT.get(name, name)), _)
    known = {"kind", *(_IN_DOCUMENT.get(name, name) for name in NUMBERS.get(kind, ()))}
    if kind == "goal":
        texts["by"] = shape.get("by", "step")
        known.add("by")
    if kind == "own":
        texts["own"] = "\n".join(f"{y}\t{_text(v, _)}" for y, v in shape["values"].items())
        known.add("values")
    for effect in one.get("effects", []):
        fields = EFFECTS[effect["kind"]]
        if any(texts.get(name) for name, _key in fields) or effect.get("recovery", 1) is None:
            return {"kind": RAW, "raw": json.dumps(one, ensure_ascii=False)}
        for name, key in fields:
            if key in effect:
                texts[name] = typed_as(name, effect[key], _)
    if set(shape) - known:
        return {"kind": RAW, "raw": json.dumps(one, ensure_ascii=False)}
    return texts


def typed_as(name: str, value: float | None, _: Words) -> str:
    """A field's value as one types it: years and the like plain, other numbers as written."""
    if value is None:
        return ""
    return str(int(value)) if name in WHOLE else _text(value, _)


def _text(value: float | None, _: Words) -> str:
    """A number as it is typed in the language: never with two readings."""
    if value is None:
        return ""
    shown = number(value, 6, _.lang)
    mark, other = (",", ".") if _.lang == "vi" else (".", ",")
    if mark in shown and other not in shown and len(shown.partition(mark)[2]) == 3:
        shown += "0"  # 84,375 could be thousands; 84,3750 is not
    return shown

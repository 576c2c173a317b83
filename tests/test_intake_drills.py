"""Damage at random: whatever comes, a file is read or refused with a code."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from intake import child
from intake.faults import told
from intake.grid import Workbook
from intake.precheck import precheck
from intake.reading import read_workbook
from tests.packages import zipped
from tests.test_intake_child import PROGRAM

DATA = Path(__file__).parent / "data" / "intake"
SOUND = [
    DATA / "hostile" / "h16_dimension_lie.xlsx",
    DATA / "hostile" / "h29_external_links.xlsx",
    DATA / "hostile" / "h31_macro.xlsm",
    DATA / "hostile" / "h30_formula_injection.csv",
    DATA / "corpus" / "d60_excel97.xls",
    DATA / "corpus" / "d61_libreoffice.ods",
    DATA / "corpus" / "d50_wide_clean.xlsx",
    DATA / "corpus" / "d63_utf16_tab.csv",
]

Damage = Callable[[random.Random, bytes], bytes]


def flipped(chance: random.Random, data: bytes) -> bytes:
    """Some bits turned."""
    changed = bytearray(data)
    for _ in range(chance.choice([1, 1, 2, 5, 40])):
        changed[chance.randrange(len(changed))] ^= 1 << chance.randrange(8)
    return bytes(changed)


def cut(chance: random.Random, data: bytes) -> bytes:
    """The end missing."""
    return data[: chance.randrange(len(data))]


def shuffled(chance: random.Random, data: bytes) -> bytes:
    """A piece taken out, doubled or put elsewhere."""
    first, last = sorted(chance.randrange(len(data)) for _ in range(2))
    piece = data[first : min(last, first + 300)]
    rest = data[:first] + data[first + len(piece) :]
    at = chance.randrange(len(rest) + 1)
    return chance.choice([rest, data[:at] + piece + data[at:], rest[:at] + piece + rest[at:]])


NUMBERS = [b"-1", b"0", b"4294967296", b"99999999999999999999", b"1e309", b"NaN", b"", b"\xc3\x81"]


def renumbered(chance: random.Random, data: bytes) -> bytes:
    """A number somewhere replaced by one that nobody expects."""
    places = [found.span() for found in re.finditer(rb"\d+", data)]
    if not places:
        return data
    first, last = chance.choice(places)
    return data[:first] + chance.choice(NUMBERS) + data[last:]


DAMAGES: list[Damage] = [flipped, cut, shuffled, renumbered]


def unpacked(path: Path) -> dict[str, bytes]:
    import zipfile

    with zipfile.ZipFile(path) as file:
        return {name: file.read(name) for name in file.namelist()}


def damaged_files(seed: int, count: int) -> Iterator[tuple[str, bytes]]:
    """Files with damage in their bytes, or in a part of a package that is then packed well."""
    chance = random.Random(seed)
    packages = {path: unpacked(path) for path in SOUND if path.suffix in (".xlsx", ".ods")}
    for _ in range(count):
        path, damage = chance.choice(SOUND), chance.choice(DAMAGES)
        if path in packages and chance.random() < 0.8:
            parts = dict(packages[path])
            part = chance.choice([name for name in parts if parts[name]])
            parts[part] = damage(chance, parts[part])
            yield path.name, zipped(parts)
        else:
            yield path.name, damage(chance, path.read_bytes())


def drill(seed: int, count: int) -> dict[str, int]:
    """How often damaged files were read ("") or refused, by code."""
    codes: dict[str, int] = {}
    for name, data in damaged_files(seed, count):
        fault = precheck(data, name)
        if fault is None:
            found = read_workbook(data, name)
            fault = None if isinstance(found, Workbook) else found[0]
        if fault is not None:
            assert all(told(fault).values()) or fault.cell == "" or fault.sheet == ""
        code = fault.code if fault else ""
        codes[code] = codes.get(code, 0) + 1
    return codes


def test_damage_ends_in_a_reading_or_a_code():
    codes = drill(seed=1, count=300)
    assert sum(codes.values()) == 300
    assert codes[""] > 10
    assert codes["F07"] > 10


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(100, 120))
def test_much_damage_ends_in_a_reading_or_a_code(seed):
    assert sum(drill(seed, 1000).values()) == 1000


@pytest.mark.parametrize("seed", range(2))
def test_the_server_outlives_any_damage(seed):
    for name, data in damaged_files(seed, 3):
        answer = child.run(data, name, {}, program=PROGRAM)
        assert (answer.report is None) == bool(answer.faults)


@pytest.mark.soak
def test_the_server_outlives_much_damage():
    for name, data in damaged_files(7, 400):
        answer = child.run(data, name, {}, program=PROGRAM)
        assert (answer.report is None) == bool(answer.faults)
        assert [fault.code for fault in answer.faults] != ["F09"], name

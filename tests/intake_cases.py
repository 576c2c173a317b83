"""Workbooks in small, each with what the contract says of it: for tests of whole classes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from intake.grid import Sheet
from tests.intake_grids import Value, examine, sheet, told

DL1, DL2, DL3 = (
    "Tổng lượt khách du lịch", "Lượt khách du lịch quốc tế", "Tổng thu từ khách du lịch",
)  # fmt: skip
HTX, DN = "Số hợp tác xã", "Số doanh nghiệp đang hoạt động"
LD, VB = "Tỷ lệ lao động qua đào tạo", "Tỷ lệ lao động qua đào tạo được cấp văn bằng, chứng chỉ"
MT1 = "Độ bao phủ xử lý nước thải sinh hoạt đô thị"
CN1 = "Độ bao phủ cấp nước sinh hoạt tại phường"
YT1 = "Số bác sĩ tại mỗi trạm y tế cấp xã"

Figures = Mapping[str, float]  # "DL-01 2026-H1 03646" -> value


@dataclass(frozen=True)
class Case:
    """One workbook. says: every finding as "V05 F8". figures: "DL-01 2026 03646" -> value."""

    name: str
    sheets: tuple[Sheet, ...]
    figures: Figures
    says: str = ""
    book: Mapping[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.name


def case(
    label: str,
    rows: Sequence[Sequence[Value]] | Sequence[Sheet],
    figures: Figures,
    says: str = "",
    merged: str = "",
    **more: Any,
) -> Case:
    """A case of one sheet given by its rows, or of several sheets."""
    if rows and isinstance(rows[0], Sheet):
        return Case(label, tuple(rows), figures, says, more)  # type: ignore[arg-type]
    one = sheet(rows, merged=merged.split(), **more)  # type: ignore[arg-type]
    return Case(label, (one,), figures, says)


def seen(one: Case) -> tuple[dict[str, float], set[str]]:
    """What a check makes of the workbook: its figures and its findings."""
    desk = examine(*one.sheets, **one.book)
    found = {f"{f.indicator} {f.period} {f.area}".strip(): f.value for f in desk.figures}
    return found, told(desk)


def wanted(one: Case) -> tuple[dict[str, float], set[str]]:
    """What it should make of it, no more and no less."""
    return dict(one.figures), {text.strip() for text in one.says.split(",") if text.strip()}

"""An annex as an administrator would write it down: one document, 20 targets of every sort."""

from __future__ import annotations

import io

import openpyxl

from services.register_templates import register_template

DOCUMENT = {
    "Mã văn bản": "PL-01",
    "Loại văn bản": "Phụ lục",
    "Số, ký hiệu": "77/QĐ-UBND",
    "Ngày ban hành": "01/09/2026",
    "Cơ quan ban hành": "UBND tỉnh Sơn La",
    "Trích yếu": "Phụ lục 01 về các chỉ tiêu ngành giai đoạn 2026-2030",
    "Giai đoạn": "2026-2030",
}
_HEAD = (
    *("Mã chỉ tiêu", "Lĩnh vực", "Tên chỉ tiêu", "Đơn vị tính", "Cách giao", "Phép so sánh"),
    *("Mức đề ra", "Mức trên", "Từ năm", "Đến năm", "Phạm vi", "Văn bản"),
    *("Vị trí trong văn bản", "Nguyên văn", "Cơ quan chủ trì", "Điểm chưa rõ"),
)
_LEVEL, _YEARLY, _SUM, _AREAS = "mức cần đạt", "đạt hằng năm", "lũy kế cả giai đoạn", "từng địa bàn"
_DOUBT = "Văn bản không nêu năm gốc"
# Name, unit, kind, comparator, low, high, first year, doubt.
_ROWS = (
    ("Diện tích cây ăn quả", "ha", _LEVEL, "ít nhất", 90_000, "", 2030, ""),
    ("Sản lượng cà phê nhân", "tấn", _LEVEL, "khoảng", 38_000, "", 2030, ""),
    ("Diện tích mắc ca", "ha", _LEVEL, "từ … đến", 15_000, 20_000, 2030, _DOUBT),
    ("Tỷ lệ che phủ rừng", "%", _YEARLY, "ít nhất", "48,5", "", 2026, ""),
    ("Tỷ lệ hộ nghèo", "%", _LEVEL, "không quá", 8, "", 2030, ""),
    ("Số lao động được đào tạo", "người", _SUM, "ít nhất", 100_000, "", 2026, ""),
    ("Vốn đầu tư thực hiện", "tỷ đồng", _SUM, "trên", 120_000, "", 2026, "Chưa rõ có tính vốn FDI"),
    ("Dự án điện hoàn thành", "dự án", _SUM, "từ … đến", 10, 14, 2026, ""),
    ("Xã có trạm y tế đạt chuẩn", "%", _AREAS, "ít nhất", 95, "", 2030, ""),
    ("Tỷ lệ dân số dùng nước sạch", "%", _AREAS, "trên", 90, "", 2030, ""),
    ("Tốc độ tăng giá trị sản xuất", "%", _YEARLY, "trên", 7, "", 2026, ""),
    ("Tỷ lệ thất nghiệp thành thị", "%", _YEARLY, "không quá", 3, "", 2026, ""),
    ("Tốc độ tăng năng suất lao động", "%", _YEARLY, "khoảng", "6,5", "", 2026, ""),
    ("Kho dữ liệu dùng chung vận hành", "", _LEVEL, "hoàn thành", 1, "", 2028, ""),
    ("Số bác sĩ trên vạn dân", "bác sĩ", _LEVEL, "trên", 11, "", 2030, ""),
    ("Tỷ lệ giảm nghèo mỗi năm", "%", _YEARLY, "từ … đến", 2, 3, 2026, "Không rõ chuẩn nghèo"),
    ("Vụ cháy rừng", "vụ", _SUM, "không quá", 50, "", 2026, ""),
    ("Hợp tác xã thành lập mới", "hợp tác xã", _SUM, "khoảng", 250, "", 2026, ""),
    ("Trường đạt chuẩn quốc gia", "%", _LEVEL, "ít nhất", "65,5", "", 2030, ""),
    ("Thu ngân sách trên địa bàn", "tỷ đồng", _LEVEL, "ít nhất", 6_500, "", 2030, ""),
)
CODES = tuple(f"PL-{place:02d}" for place in range(1, len(_ROWS) + 1))
NAMES = tuple(row[0] for row in _ROWS)
DOUBTS = sum(bool(row[-1]) for row in _ROWS)


def rows() -> list[dict[str, object]]:
    """The targets, one a row, by the template's headings."""
    found = []
    for code, row in zip(CODES, _ROWS, strict=True):
        name, unit, kind, comparator, low, high, first, doubt = row
        scope = "mọi xã và phường" if kind == _AREAS else "toàn tỉnh"
        last = first if kind == _LEVEL else 2030
        texts = ("Biểu 1", f"{name} theo Phụ lục 01", "UBND tỉnh", doubt)
        values = (
            *(code, "Phụ lục 01", name, unit or "kho", kind, comparator, low, high),
            *(first, last, scope, DOCUMENT["Mã văn bản"], *texts),
        )
        found.append(dict(zip(_HEAD, values, strict=True)))
    return found


def workbook(targets: list[dict[str, object]] | None = None) -> bytes:
    """The register's own template with the document and the targets written into it."""
    book = openpyxl.load_workbook(io.BytesIO(register_template()))
    _fill(book["Văn bản"], [DOCUMENT])
    _fill(book["Chỉ tiêu"], rows() if targets is None else targets)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _fill(sheet, given: list[dict[str, object]]) -> None:
    head = next(row for row in sheet.iter_rows(max_row=10) if any(c.value in given[0] for c in row))
    columns = {cell.value: cell.column for cell in head}
    for place, row in enumerate(given, start=head[0].row + 1):
        for name, value in row.items():
            if value != "":
                sheet.cell(place, columns[name], value)

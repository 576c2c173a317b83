"""The Vietnamese headings and choices of register files: what the template has and a file may use.

The columns' own names and keys are read as well.
"""

from __future__ import annotations

# Table -> column -> heading.
HEADINGS: dict[str, dict[str, str]] = {
    "documents": {
        "key": "Mã văn bản",
        "kind_vi": "Loại văn bản",
        "number": "Số, ký hiệu",
        "issued": "Ngày ban hành",
        "issuer_vi": "Cơ quan ban hành",
        "title_vi": "Trích yếu",
        "term": "Giai đoạn",
        "note": "Ghi chú",
    },
    "targets": {
        "code": "Mã chỉ tiêu",
        "field": "Lĩnh vực",
        "name_vi": "Tên chỉ tiêu",
        "name_en": "Tên tiếng Anh",
        "unit": "Đơn vị tính",
        "kind": "Cách giao",
        "comparator": "Phép so sánh",
        "value_low": "Mức đề ra",
        "value_high": "Mức trên",
        "period_start": "Từ năm",
        "period_end": "Đến năm",
        "direction": "Chiều mong muốn",
        "scope": "Phạm vi",
        "document": "Văn bản",
        "locator": "Vị trí trong văn bản",
        "wording_vi": "Nguyên văn",
        "lead_vi": "Cơ quan chủ trì",
        "doubt": "Điểm chưa rõ",
        "indicator": "Tính theo chỉ tiêu",
        "supersedes": "Thay thế",
    },
    "indicators": {
        "code": "Mã chỉ tiêu",
        "measure": "Cách cộng",
        "decimals": "Số chữ số thập phân",
        "minimum": "Nhỏ nhất",
        "maximum": "Lớn nhất",
        "part_of": "Thuộc chỉ tiêu",
        "area_rollup": "Tổng hợp từ địa bàn",
    },
    "target_areas": {
        "scope": "Danh sách địa bàn",
        "area_name_vi": "Tên địa bàn",
        "as_written": "Văn bản ghi",
    },
    "milestones": {
        "code": "Mã mốc",
        "name_vi": "Tên mốc",
        "due": "Hạn",
        "lead_vi": "Cơ quan chủ trì",
        "support_vi": "Phối hợp",
        "document": "Văn bản",
        "locator": "Vị trí trong văn bản",
    },
    "qualitative": {
        "code": "Mã mục tiêu",
        "wording_vi": "Nguyên văn",
        "what_would_show_it": "Thể hiện qua",
        "document": "Văn bản",
        "locator": "Vị trí trong văn bản",
        "due": "Hạn",
        "lead_vi": "Cơ quan chủ trì",
        "doubt": "Điểm chưa rõ",
    },
    "reporting": {
        "key": "Mã nghĩa vụ",
        "who_vi": "Ai báo cáo",
        "due_rule": "Hạn theo văn bản",
        "to_whom_vi": "Gửi ai",
        "what_vi": "Nội dung",
        "period": "Kỳ",
        "document": "Văn bản",
        "locator": "Vị trí trong văn bản",
    },
    "agencies": {
        "key": "Mã cơ quan",
        "name_vi": "Tên cơ quan",
        "kind": "Loại cơ quan",
        "name_en": "Tên tiếng Anh",
        "short_vi": "Tên viết tắt",
        "area": "Địa bàn",
        "parent": "Trực thuộc",
    },
}

# Column -> key -> what people choose.
CHOICES: dict[str, dict[str, str]] = {
    "kind": {
        "level": "mức cần đạt",
        "every_year": "đạt hằng năm",
        "cumulative": "lũy kế cả giai đoạn",
        "each_area": "từng địa bàn",
    },
    "comparator": {
        "at_least": "ít nhất",
        "more_than": "trên",
        "about": "khoảng",
        "between": "từ … đến",
        "at_most": "không quá",
        "done": "hoàn thành",
    },
    "direction": {
        "up": "càng cao càng tốt",
        "down": "càng thấp càng tốt",
        "keep": "giữ ở mức quy định",
    },
    "scope": {
        "province": "toàn tỉnh",
        "party_committee": "Đảng bộ UBND tỉnh",
        "every_commune": "mọi xã và phường",
    },
    "measure": {
        "flow": "cộng dồn trong năm",
        "stock": "tại cuối kỳ",
        "rate": "tỷ lệ",
        "done": "hoàn thành hay chưa",
    },
    "area_rollup": {
        "areas_reaching": "số địa bàn đạt",
        "share_of_areas": "tỷ lệ địa bàn đạt",
    },
}
_KINDS = {
    "province": "tỉnh",
    "department": "sở, ban, ngành",
    "commune": "xã, phường",
    "party": "cơ quan Đảng",
    "other": "khác",
}


def aliases(table: str) -> tuple[tuple[str, str], ...]:
    """The headings of a table as other names of its columns."""
    return tuple((heading, column) for column, heading in HEADINGS.get(table, {}).items())


def key_of(column: str, text: str) -> str:
    """The key that a chosen text stands for; a text that is none comes back as it is."""
    given = " ".join(text.lower().split())
    named = {**CHOICES.get(column, {}), **(_KINDS if column == "kind" else {})}
    return next((key for key, shown in named.items() if shown.lower() == given), text)


def choice_text(column: str, key: str) -> str:
    """What people choose for a key; a key without one comes back as it is."""
    return CHOICES.get(column, {}).get(key, key)


def body_text(key: str) -> str:
    """What a kind of body is called; a key without a word comes back as it is."""
    return _KINDS.get(key, key)

"""What a file may hold and what reading it may cost; beyond that it is refused."""

from __future__ import annotations

MEGABYTE = 2**20

MAX_FILE_BYTES = 10 * MEGABYTE
MAX_UNPACKED_BYTES = 200 * MEGABYTE
MAX_PART_BYTES = 100 * MEGABYTE
MAX_ENTRIES = 1_000

MAX_ROW = 200_000
MAX_COLUMN = 500
MAX_VALUES = 2_000_000
MAX_MERGES = 10_000
MAX_SHEETS = 100
MAX_NAMES = 10_000
MAX_STYLES = 64_000

MAX_DEPTH = 256  # nested elements of one XML part; workbooks have about twenty
MAX_TAG_BYTES = 4 * MEGABYTE  # expat begins a tag anew with each piece: long ones cost hours
MAX_RELATIONS = 10_000
MAX_SHEET_NAME = 255  # Excel's own limit is 31, LibreOffice has none

READ_SECONDS = 14
READ_MEGABYTES = 400
CHILDREN_AT_ONCE = 2

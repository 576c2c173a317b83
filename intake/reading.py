"""From bytes to cells, whatever the type of the file; runs inside the child process only."""

from __future__ import annotations

from collections.abc import Callable

from .delimited import read_csv
from .faults import FileFault, Refused, damaged, refused
from .grid import Workbook
from .ods import read_ods
from .precheck import extension
from .xlsx import read_xlsx


def _silent(_share: float) -> None:
    return None


def read_workbook(
    data: bytes, name: str, tell: Callable[[float], None] = _silent
) -> Workbook | list[FileFault]:
    """The workbook in a file's bytes, or why it is refused.

    Args:
        data: the bytes, passed by ``precheck``.
        name: the file's name; its extension says how it is read.
        tell: is called now and then with the share that has been read, 0 to 1.
    """
    try:
        return _read(data, extension(name), tell)
    except Refused as stop:
        return [stop.fault]
    except RecursionError:
        return [damaged("nesting", part="").fault]


def _read(data: bytes, kind: str, tell: Callable[[float], None]) -> Workbook:
    match kind:
        case ".xlsx" | ".xlsm":
            return read_xlsx(data, kind[1:], tell)
        case ".csv":
            return read_csv(data, tell)
        case ".ods":
            return read_ods(data, tell)
        case ".xls":
            return _read_xls(data, tell)
        case _:
            raise refused("F02", ext=kind)


def _read_xls(data: bytes, tell: Callable[[float], None]) -> Workbook:
    from .xls import read_xls  # xlrd takes a while to import, and few files need it

    return read_xls(data, tell)

"""Runs the benchmarks and prints one JSON document: ``python -m benchmarks [NAME ...]``."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from typing import Any


def _intake() -> Any:
    from . import intake

    return intake.measure()


def _memory() -> Any:
    from . import intake_memory

    return intake_memory.measure()


def _pages() -> Any:
    from . import pages

    return pages.measure()


def _scenarios() -> Any:
    from . import scenarios

    return scenarios.measure()


def _stores() -> Any:
    from . import stores

    return stores.measure()


BENCHMARKS: dict[str, Callable[[], Any]] = {
    "intake": _intake,
    "memory": _memory,
    "pages": _pages,
    "scenarios": _scenarios,
    "stores": _stores,
}


def main(names: list[str]) -> int:
    """Run the named benchmarks, or all."""
    unknown = [name for name in names if name not in BENCHMARKS]
    if unknown:
        print(f"no benchmark {', '.join(unknown)}: {', '.join(BENCHMARKS)}", file=sys.stderr)
        return 2
    found = {name: BENCHMARKS[name]() for name in names or BENCHMARKS}
    print(json.dumps(found, indent=1))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""LibreOffice for tests: recalculates workbooks and lays out documents, and no silent skipping."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

SECONDS = 180


def office() -> str:
    """The program; without it the test is skipped with that said, or fails where CI=true."""
    found = shutil.which("soffice")
    if found is None:
        reason = "NOT RUN: no LibreOffice on this machine (scripts/system-packages.sh installs it)"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    return found


def converted(files: list[Path], form: str, folder: Path) -> list[Path]:
    """The files in another form (xlsx, pdf, ...), made in a folder by one run of LibreOffice.

    Its settings are its own, so that runs side by side do not wait for each other. A workbook
    that another program wrote holds no results, and LibreOffice works all of them out.
    """
    subprocess.run(
        [
            *(office(), f"-env:UserInstallation={(folder / 'profile').as_uri()}"),
            *("--headless", "--convert-to", form, "--outdir", str(folder / form)),
            *map(str, files),
        ],
        check=True,
        capture_output=True,
        timeout=SECONDS,
    )
    return [folder / form / f"{one.stem}.{form.partition(':')[0]}" for one in files]


def pages(pdf: Path) -> int:
    """How many pages a PDF that LibreOffice wrote has."""
    return len(re.findall(rb"/Type\s*/Page\b(?!s)", pdf.read_bytes()))

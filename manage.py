"""The same use cases from a shell; the stable contract that other systems drive.

Exit codes: 0 done; 1 refused because of what the input or the store says; 2 wrong usage or
configuration, one sentence on standard error. With --json one document on standard output.
"""

from __future__ import annotations

import sys

from shell.main import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

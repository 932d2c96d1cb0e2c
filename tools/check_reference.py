"""Check that the built documentation describes every public name.

    python tools/check_reference.py site/objects.inv

An inventory is four lines of text and a compressed table, one described object a line.
"""

import sys
import zlib
from pathlib import Path

from list_public_names import list_public_names

HEADER_LINES = 4


def read_inventory(path: Path) -> set[str]:
    """Read the names that a built documentation describes."""
    table = path.read_bytes().split(b"\n", HEADER_LINES)[HEADER_LINES]
    return {line.split(" ")[0] for line in zlib.decompress(table).decode().splitlines()}


def main() -> None:
    """Name what is missing, and fail if anything is."""
    described = read_inventory(Path(sys.argv[1]))
    public = list_public_names()
    missing = [name for name in public if name not in described]
    if missing:
        sys.exit("\n".join(["The reference does not describe these public names:", *missing]))
    print(f"The reference describes all {len(public)} public names")


if __name__ == "__main__":
    main()

"""``python -m utm`` is the command ``utm``."""

from __future__ import annotations

from utm.cli import run

if __name__ == "__main__":
    run()

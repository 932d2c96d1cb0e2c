"""The tool that lists public names, for the tests to use."""

import importlib.util
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

_spec = importlib.util.spec_from_file_location(
    "list_public_names", ROOT / "tools/list_public_names.py"
)
assert _spec is not None
assert _spec.loader is not None
_tool = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(_tool)

list_public_names = _tool.list_public_names


def list_packages() -> list[str]:
    return list(_tool.list_packages())

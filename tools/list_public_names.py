"""List every public name of the library, one a line, in order.

    python tools/list_public_names.py > tests/architecture/public_api.txt

A name is public when it stands in the ``__all__`` of the library or of one of its packages.
"""

import importlib
import pkgutil
from collections.abc import Iterator

import utm


def list_packages() -> Iterator[str]:
    """Name the library and the packages directly in it."""
    yield utm.__name__
    for module in pkgutil.iter_modules(utm.__path__):
        if not module.name.startswith("_"):
            yield f"{utm.__name__}.{module.name}"


def list_public_names() -> list[str]:
    """Name what each package exports, as ``utm.package.Name``."""
    return sorted(
        f"{package}.{name}"
        for package in list_packages()
        for name in getattr(importlib.import_module(package), "__all__", ())
    )


if __name__ == "__main__":
    print("\n".join(list_public_names()))

"""The reference shows constructors as Python has them, although it only reads sources."""

import importlib
import inspect

import attrs
import griffe
import pytest

from tests.architecture.listing import ROOT, list_public_names

CLASSES = [
    name
    for name in list_public_names()
    if isinstance(
        named := getattr(importlib.import_module(name.rpartition(".")[0]), name.rpartition(".")[2]),
        type,
    )
    and attrs.has(named)
]


@pytest.fixture(scope="module")
def library() -> griffe.Object | griffe.Alias:
    extension = str(ROOT / "tools/griffe_attrs.py")
    return griffe.load(
        "utm", search_paths=[ROOT / "src"], extensions=griffe.load_extensions(extension)
    )


def test_there_are_classes_to_show() -> None:
    assert "utm.domain.City" in CLASSES


@pytest.mark.parametrize("name", CLASSES)
def test_a_constructor_is_shown_with_the_parameters_that_it_has(
    name: str, library: griffe.Object | griffe.Alias
) -> None:
    package, _, attribute = name.rpartition(".")
    signature = inspect.signature(getattr(importlib.import_module(package), attribute))
    shown = library[name.partition(".")[2]].final_target.parameters

    wanted = {
        parameter.name: (parameter.kind.name.lower(), parameter.default is not parameter.empty)
        for parameter in signature.parameters.values()
    }
    found = {
        parameter.name: (parameter.kind.name, parameter.default is not None)
        for parameter in shown
        if parameter.name != "self"
    }
    assert found == wanted

"""What the library promises: its public names, described and documented."""

import importlib
import inspect
import pkgutil
import re
import subprocess
import sys
from pathlib import Path

import attrs
import pytest

import utm.domain
from tests.architecture.listing import ROOT, list_packages, list_public_names

SNAPSHOT = ROOT / "tests/architecture/public_api.txt"
UNITS = ("_share", "_degrees", "_metres", "_kilometres", "_celsius", "_minutes", "_tco2e")
SPHINX_ROLE = re.compile(r":(?:class|func|meth|mod|attr|data|exc|obj):`")


def test_public_names_are_those_that_were_agreed_upon() -> None:
    agreed = SNAPSHOT.read_text(encoding="utf-8").split()

    assert list_public_names() == agreed, "if this is meant: make public-api"


def test_the_list_of_public_names_is_what_its_tool_prints() -> None:
    printed = subprocess.run(
        [sys.executable, str(ROOT / "tools/list_public_names.py")],
        check=True,
        capture_output=True,
        encoding="utf-8",
    ).stdout

    assert printed.split() == list_public_names()


@pytest.mark.parametrize("package", list_packages())
def test_every_name_in_all_exists_once_and_in_order(package: str) -> None:
    module = importlib.import_module(package)
    names = list(getattr(module, "__all__", ()))

    assert len(set(names)) == len(names)
    assert [name for name in names if not hasattr(module, name)] == []


@pytest.mark.parametrize("package", list_packages())
def test_no_public_name_hides_a_module_of_the_same_name(package: str) -> None:
    module = importlib.import_module(package)
    modules = {found.name for found in pkgutil.iter_modules(getattr(module, "__path__", ()))}
    facade = {name.rpartition(".")[2] for name in list_packages()} if package == "utm" else set()

    assert set(getattr(module, "__all__", ())) & modules <= facade


@pytest.mark.parametrize("package", list_packages())
def test_every_package_with_public_names_has_a_page_in_the_reference(package: str) -> None:
    if getattr(importlib.import_module(package), "__all__", ()):
        page = ROOT / "docs/reference" / f"{package.rpartition('.')[2]}.md"

        assert f"::: {package}\n" in page.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", list_public_names())
def test_every_public_class_and_function_has_a_docstring_of_its_own(name: str) -> None:
    package, _, attribute = name.rpartition(".")
    found = getattr(importlib.import_module(package), attribute)

    if inspect.isclass(found) or inspect.isfunction(found):
        text = found.__dict__.get("__doc__") if inspect.isclass(found) else found.__doc__
        assert text, f"{name} has no docstring"
        assert not text.startswith(f"{attribute}("), "a signature is no docstring"


def test_docstrings_use_markdown_and_not_the_roles_of_another_tool() -> None:
    sources = sorted((ROOT / "src").rglob("*.py"))
    found = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in sources
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        if SPHINX_ROLE.search(line)
    ]

    assert found == []


def is_measured(field: "attrs.Attribute[object]") -> bool:
    return "float" in str(field.type)


def test_every_measured_fact_carries_its_unit_in_its_name() -> None:
    facts = [getattr(utm.domain, name) for name in utm.domain.__all__]
    unnamed = [
        f"{fact.__name__}.{field.name}"
        for fact in facts
        if inspect.isclass(fact) and attrs.has(fact)
        for field in attrs.fields(fact)
        if is_measured(field) and not field.name.endswith(UNITS)
    ]

    assert unnamed == []


def test_the_type_marker_ships_with_the_package() -> None:
    assert (Path(utm.domain.__file__).parents[1] / "py.typed").is_file()

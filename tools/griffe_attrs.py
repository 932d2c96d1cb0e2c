"""Show the constructors that attrs writes, which a reader of the sources cannot see.

An extension of griffe, which reads the sources for mkdocstrings. The constructor of a class
that is decorated with ``attrs.frozen`` takes its annotated fields and those it inherits.
"""

from collections.abc import Iterator

import griffe

DECORATORS = {"attrs.frozen", "attrs.define", "attr.frozen", "attr.define"}
FIELDS = {"attrs.field", "attr.field"}


class AttrsConstructors(griffe.Extension):
    """Give each attrs class an ``__init__`` with its fields as parameters."""

    def on_package(self, *, pkg: griffe.Module, **_: object) -> None:
        """Go through all classes once the whole package has been read."""
        for found in list_classes(pkg):
            if find_decorator(found) and "__init__" not in found.members:
                found.set_member("__init__", make_constructor(found))


def list_classes(place: griffe.Module | griffe.Class) -> Iterator[griffe.Class]:
    """List the classes of a module and of the modules and classes in it."""
    for member in place.members.values():
        if isinstance(member, griffe.Class):
            yield member
        if isinstance(member, griffe.Module | griffe.Class):
            yield from list_classes(member)


def find_decorator(found: griffe.Class) -> griffe.Decorator | None:
    """Find the decorator that makes a class one of attrs'."""
    return next((mark for mark in found.decorators if mark.callable_path in DECORATORS), None)


def read_arguments(call: object) -> dict[str, object]:
    """Read the named arguments of a call."""
    arguments = call.arguments if isinstance(call, griffe.ExprCall) else ()
    return {item.name: item.value for item in arguments if isinstance(item, griffe.ExprKeyword)}


def list_parameters(found: griffe.Class) -> Iterator[griffe.Parameter]:
    """Turn the annotated fields that a class adds into parameters."""
    decorator = find_decorator(found)
    everything_named = str(read_arguments(decorator.value).get("kw_only")) == "True"
    for member in found.members.values():
        if isinstance(member, griffe.Attribute) and is_field(member):
            options, default = read_field(member)
            if str(options.get("init")) != "False":
                named = everything_named or str(options.get("kw_only")) == "True"
                kind = "keyword_only" if named else "positional_or_keyword"
                yield griffe.Parameter(
                    options.get("alias", member.name.lstrip("_")),
                    annotation=member.annotation,
                    kind=griffe.ParameterKind[kind],
                    default=default,
                )


def is_field(member: griffe.Attribute) -> bool:
    """Tell a field from a property and from a variable of the class."""
    is_variable = "class-attribute" in member.labels and "instance-attribute" not in member.labels
    return member.annotation is not None and "property" not in member.labels and not is_variable


def read_field(member: griffe.Attribute) -> tuple[dict[str, object], object]:
    """Read the options and the default of a field."""
    value = member.value
    if not (isinstance(value, griffe.ExprCall) and value.canonical_path in FIELDS):
        return {}, value
    options = read_arguments(value)
    if "factory" in options:
        return options, griffe.ExprCall(function=options["factory"], arguments=[])
    return options, options.get("default")


def make_constructor(found: griffe.Class) -> griffe.Function:
    """Make the constructor from the fields of a class and of those it inherits from."""
    family = [kin for kin in reversed([found, *found.mro()]) if find_decorator(kin)]
    parameters = {item.name: item for kin in family for item in list_parameters(kin)}
    named = griffe.ParameterKind.keyword_only
    own = griffe.Parameter("self", kind=griffe.ParameterKind.positional_or_keyword)
    ordered = sorted(parameters.values(), key=lambda item: item.kind is named)
    return griffe.Function(
        "__init__",
        parent=found,
        parameters=griffe.Parameters(own, *ordered),
        returns="None",
    )

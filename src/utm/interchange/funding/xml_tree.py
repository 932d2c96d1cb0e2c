"""XML as a small tree that knows its lines; a document that declares entities is refused.

No entity can be declared without a document type, so that none can grow or reach for a
file or an address: the first is refused where it begins, before anything is expanded.
"""

from __future__ import annotations

from xml.parsers import expat

from utm.interchange.funding.exact_json import Place
from utm.interchange.limits import Limits

__all__ = ["XmlElement", "read_xml"]

_MEND = "Mend the syntax there."
_OTHER_ENCODING = "Mend it, or write in the first line which encoding the file has."
# What is met where bytes are in another encoding than they declare.
_MISREAD = {
    expat.errors.codes[message]
    for message in (
        expat.errors.XML_ERROR_INVALID_TOKEN,
        expat.errors.XML_ERROR_PARTIAL_CHAR,
        expat.errors.XML_ERROR_INCORRECT_ENCODING,
        expat.errors.XML_ERROR_UNKNOWN_ENCODING,
    )
}


class XmlElement:
    """An element, with the place at which it begins.

    Parameters
    ----------
    tag, attributes
        Its name and attributes, as written.
    place
        Where problems with it are told.
    """

    __slots__ = ("_counts", "attributes", "children", "place", "tag", "texts")

    def __init__(self, tag: str, attributes: dict[str, str], place: Place) -> None:
        self.tag = tag
        self.attributes = attributes
        self.place = place
        self.children: list[XmlElement] = []
        self.texts: list[str] = []
        self._counts: dict[str, int] = {}

    @property
    def text(self) -> str:
        """Its own text, without that of its children."""
        return "".join(self.texts).strip()

    def count(self, tag: str) -> int:
        """Count one more child of a name: its number among them."""
        self._counts[tag] = self._counts.get(tag, 0) + 1
        return self._counts[tag]

    def all(self, tag: str) -> list[XmlElement]:
        """Its children of a name."""
        return [child for child in self.children if child.tag == tag]


class _Refused(Exception):  # noqa: N818 - it ends the reading and is never seen outside
    """The document holds what is not admitted."""


class _Builder:
    def __init__(self, place: Place, limits: Limits, encoding: str | None) -> None:
        self.place = place
        self.depth = limits.json_depth
        self.root: XmlElement | None = None
        self.open: list[XmlElement] = []
        self.parser = expat.ParserCreate(encoding)
        self.parser.StartDoctypeDeclHandler = self.refuse_type
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.end
        self.parser.CharacterDataHandler = self.add_text
        self.parser.buffer_text = True

    def refuse_type(self, *_: object) -> None:
        line = self.parser.CurrentLineNumber
        reason = f"declares a document type in line {line}, and could declare entities"
        self.place.tell(reason, "Delete the line that begins with <!DOCTYPE.")
        raise _Refused

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if len(self.open) >= self.depth:
            self.place.tell("is nested too deeply", "Check what made the file.")
            raise _Refused
        parent = self.open[-1] if self.open else None
        number = 1 if parent is None else parent.count(tag)
        above = "" if parent is None else parent.place.path.partition(" (")[0]
        path = f"{above}/{tag}[{number}] (line {self.parser.CurrentLineNumber})"
        element = XmlElement(tag, attributes, Place(self.place.problems, path))
        if parent is None:
            self.root = element
        else:
            parent.children.append(element)
        self.open.append(element)

    def end(self, _: str) -> None:
        self.open.pop()

    def add_text(self, text: str) -> None:
        if self.open:
            self.open[-1].texts.append(text)


def read_xml(document: str | bytes, *, place: Place, limits: Limits) -> XmlElement | None:
    """Read XML; tell what is wrong with it, once, and give ``None`` then.

    Bytes are read in the encoding that they declare. A text has none any more, whatever the
    file declared from which it was read.
    """
    encoding: str | None = None
    if isinstance(document, str):
        if any("\ud800" <= letter <= "\udfff" for letter in document):
            place.tell("holds half a character (a lone surrogate)", "Write the text anew.")
            return None
        document, encoding = document.removeprefix("\ufeff").encode(), "UTF-8"
    if len(document) > limits.file_bytes:
        place.tell(f"is larger than {limits.file_bytes:,} bytes", "Split the file.")
        return None
    builder = _Builder(place, limits, encoding)
    try:
        builder.parser.Parse(document, True)
    except expat.ExpatError as error:
        where = f"line {error.lineno}, character {error.offset + 1}"
        reason = expat.errors.messages.get(error.code, "it cannot be read")
        misread = encoding is None and error.code in _MISREAD
        place.tell(f"is not XML at {where}: {reason}", _OTHER_ENCODING if misread else _MEND)
        return None
    except (LookupError, ValueError):  # from the codec that a declaration names
        place.tell("declares an encoding that cannot be read", "Save the file in UTF-8.")
        return None
    except _Refused:
        return None
    return builder.root

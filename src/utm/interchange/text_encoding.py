"""Bytes of a file as text: UTF-8 and nothing else."""

from __future__ import annotations

import codecs
from pathlib import Path

from utm.errors import InputProblem, InvalidInputError
from utm.interchange.limits import Limits

__all__ = ["decode_text", "read_text"]

_UTF_16_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_UTF_32_MARKS = (codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)
_UTF_8_REMEDY = "Save the file as 'CSV UTF-8', or in UTF-8 from the editor."
_SAMPLE_BYTES = 200


def read_text(path: Path, *, limits: Limits) -> str:
    """Read a file as UTF-8 text.

    Raises
    ------
    InvalidInputError
        It is larger than the limits admit, or in another encoding.
    OSError
        It cannot be opened.
    """
    with path.open("rb") as file:
        data = file.read(limits.file_bytes + 1)
    if len(data) > limits.file_bytes:
        reason = f"is larger than {limits.file_bytes:,} bytes"
        raise _refused(path.name, reason, "Check what made the file.")
    return decode_text(data, source=path.name)


def decode_text(data: bytes, *, source: str) -> str:
    """Decode UTF-8, with or without a byte order mark.

    Raises
    ------
    InvalidInputError
        The bytes are in another encoding; UTF-16 and UTF-32 are recognised and named.
    """
    # The mark of UTF-32 begins with that of UTF-16: hence this one first.
    if data.startswith(_UTF_32_MARKS) or _looks_like_utf_32(data):
        raise _refused(source, "is in UTF-32, not in UTF-8", _UTF_8_REMEDY)
    if data.startswith(_UTF_16_MARKS) or _looks_like_utf_16(data):
        raise _refused(source, "is in UTF-16, not in UTF-8", _UTF_8_REMEDY)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        found = data[error.start]
        reason = (
            f"is not UTF-8: byte {error.start:,} (in line {line:,}) is 0x{found:02X}; "
            "it may be in an older encoding such as Windows-1252"
        )
        raise _refused(source, reason, _UTF_8_REMEDY) from error


def _looks_like_utf_32(data: bytes) -> bool:
    """Tell whether of every four bytes the highest is zero, and the next one mostly."""
    sample = data[:_SAMPLE_BYTES]
    ends = ((sample[3::4], sample[2::4]), (sample[0::4], sample[1::4]))
    return len(sample) >= 2 * 4 and any(  # two characters
        not any(highest) and _is_mostly_zero(next_one) for highest, next_one in ends
    )


def _looks_like_utf_16(data: bytes) -> bool:
    sample = data[:_SAMPLE_BYTES]
    halves = (sample[0::2], sample[1::2])
    return len(sample) >= 2 * 2 and any(map(_is_mostly_zero, halves))  # two characters


def _is_mostly_zero(part: bytes) -> bool:
    return part.count(0) * 2 > len(part)


def _refused(source: str, reason: str, remedy: str) -> InvalidInputError:
    return InvalidInputError((InputProblem(source=source, reason=reason, remedy=remedy),))

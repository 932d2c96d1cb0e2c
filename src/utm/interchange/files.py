"""Writing files so that a reader sees the old content or the new, and never half."""

from __future__ import annotations

import errno
import os
import secrets
import stat
from collections.abc import Generator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from utm.errors import InputProblem, InvalidInputError
from utm.interchange.file_lock import lock_file

__all__ = ["atomic_write", "require_folder", "sole_access", "write_files"]

_BINARY: int = getattr(os, "O_BINARY", 0)  # Windows alone has it


def require_folder(path: Path | str) -> None:
    """Refuse a file whose folder is not there, by the name of the folder.

    Raises
    ------
    FileNotFoundError
        There is no such folder.
    NotADirectoryError
        It is no folder.
    """
    folder = Path(os.path.realpath(path)).parent
    if folder.is_dir():
        return
    if folder.exists():
        raise NotADirectoryError(
            errno.ENOTDIR, "is no folder: choose another place", str(Path(path).parent)
        )
    raise FileNotFoundError(
        errno.ENOENT,
        "there is no such folder: make it first, or choose another place",
        str(Path(path).parent),
    )


def atomic_write(path: Path | str, content: bytes | str) -> None:
    """Replace a file at once; see `write_files`."""
    write_files({path: content})


def write_files(contents: Mapping[Path | str, bytes | str]) -> None:
    """Replace several files as one set.

    All content is first written in full, and flushed to the disk, under temporary
    names beside its targets. Only then is each put in place. Whatever fails before,
    such as a full disk, leaves every old file as it was and no new one behind. A link
    stays a link; permissions of replaced files are kept.

    Parameters
    ----------
    contents
        Bytes, or text to be written as UTF-8, by path. Folders must exist.

    Raises
    ------
    OSError
        A file cannot be written or replaced.
    """
    waiting: list[tuple[Path, Path]] = []
    for path in contents:
        require_folder(path)
    try:
        for path, content in contents.items():
            target = Path(os.path.realpath(path))
            if target.is_dir():
                raise IsADirectoryError(f"{target} is a folder")
            data = content.encode("utf-8") if isinstance(content, str) else content
            waiting.append((_written_beside(target, data), target))
        while waiting:
            os.replace(*waiting[0])  # noqa: PTH105 - takes the pair as it is
            del waiting[0]
    finally:
        for temporary, _ in waiting:
            with suppress(OSError):
                temporary.unlink()
    for folder in {Path(os.path.realpath(path)).parent for path in contents}:
        _flush_folder(folder)


def _written_beside(target: Path, data: bytes) -> Path:
    temporary = target.with_name(f".{target.name[:50]}.{secrets.token_hex(8)}.tmp")
    # Opened by hand, so that a new file has the rights that the process gives new files.
    handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _BINARY, 0o666)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if target.exists():
            temporary.chmod(stat.S_IMODE(target.stat().st_mode))
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    return temporary


def _flush_folder(folder: Path) -> None:
    """Make the new names themselves durable, where the system can."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


@contextmanager
def sole_access(target: Path) -> Generator[None]:
    """Keep others from writing a file between the look at it and its replacement.

    The lock is the system's own and ends with the process, however that ends: a file
    ``.NAME.lock`` that was left behind keeps nobody out.

    Raises
    ------
    InvalidInputError
        Somebody else has it.
    FileNotFoundError
        Its folder is not there.
    """
    require_folder(target)
    lock = target.with_name(f".{target.name}.lock")
    handle = _locked(lock, target)
    try:
        yield
    finally:
        # First the name, then the lock: who opens the name afterwards gets another file.
        lock.unlink(missing_ok=True)
        os.close(handle)


def _locked(lock: Path, target: Path) -> int:
    while True:
        handle = os.open(lock, os.O_CREAT | os.O_RDWR, 0o600)
        try:
            lock_file(handle)
        except OSError as error:
            os.close(handle)
            problem = InputProblem(
                source=target.name,
                reason="is being written by somebody else",
                remedy="Try again in a moment.",
            )
            raise InvalidInputError((problem,)) from error
        with suppress(FileNotFoundError):
            if os.path.samestat(os.fstat(handle), lock.stat()):
                return handle
        os.close(handle)  # somebody has just taken this name away: take the next

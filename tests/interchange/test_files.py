"""A reader sees the old file or the new, and never half of one."""

import os
import stat

import pytest

from utm.interchange import atomic_write, write_files


def test_text_is_written_as_utf_8_and_bytes_as_they_are(tmp_path):
    write_files({tmp_path / "a.txt": "Çorlu\n", tmp_path / "b.bin": b"\x00\r\n"})

    assert (tmp_path / "a.txt").read_bytes() == "Çorlu\n".encode()
    assert (tmp_path / "b.bin").read_bytes() == b"\x00\r\n"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.txt", "b.bin"]


def test_one_file_is_replaced_and_keeps_its_rights(tmp_path):
    path = tmp_path / "plan.json"
    path.write_text("old")
    path.chmod(0o640)

    atomic_write(str(path), "new")

    assert path.read_text() == "new"
    assert stat.S_IMODE(path.stat().st_mode) == 0o640


def test_a_new_file_has_the_rights_that_new_files_get(tmp_path):
    (tmp_path / "usual").touch()
    atomic_write(tmp_path / "ours", "x")

    assert (tmp_path / "ours").stat().st_mode == (tmp_path / "usual").stat().st_mode


def test_a_link_stays_a_link(tmp_path):
    (tmp_path / "real").write_text("old")
    (tmp_path / "link").symlink_to(tmp_path / "real")

    atomic_write(tmp_path / "link", "new")

    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "real").read_text() == "new"


@pytest.mark.parametrize("bad", ["missing/b.txt", "folder", "lone surrogate"])
def test_when_one_file_cannot_be_written_none_is(tmp_path, bad):
    (tmp_path / "a.txt").write_text("old")
    (tmp_path / "folder").mkdir()
    contents = {tmp_path / "a.txt": "new", tmp_path / bad: "\ud800" if "lone" in bad else "x"}

    with pytest.raises((OSError, UnicodeEncodeError)):
        write_files(contents)

    assert (tmp_path / "a.txt").read_text() == "old"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.txt", "folder"]


def test_a_full_disk_leaves_everything_as_it_was(tmp_path, monkeypatch):
    (tmp_path / "a.txt").write_text("old")
    calls = []

    def fail_the_second_time(handle):
        calls.append(handle)
        if len(calls) == 2:
            raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", fail_the_second_time)
    with pytest.raises(OSError, match="No space"):
        write_files({tmp_path / "a.txt": "new", tmp_path / "b.txt": "new"})

    assert (tmp_path / "a.txt").read_text() == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["a.txt"]

"""The same input gives the same bytes, whatever the hash seed of the process."""

import os
import subprocess
import sysconfig
from pathlib import Path

UTM = Path(sysconfig.get_path("scripts")) / "utm"


def form_edition(folder: Path, *, hash_seed: int) -> dict[str, bytes]:
    subprocess.run(
        [UTM, "edition", "form", "--out", str(folder)],
        cwd=folder.parent,
        check=True,
        capture_output=True,
        env={**os.environ, "PYTHONHASHSEED": str(hash_seed)},
    )
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_the_real_edition_is_the_same_to_the_byte_under_two_hash_seeds(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    first = form_edition(tmp_path / "a" / "out", hash_seed=1)
    second = form_edition(tmp_path / "b" / "out", hash_seed=2)

    assert {"edition.json", "report.html", "sessions.ics"} <= set(first)
    assert [name for name in first if first[name] != second.get(name)] == []
    assert set(first) == set(second)

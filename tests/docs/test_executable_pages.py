"""The examples of pages are really run: a page that says something untrue fails."""

from pathlib import Path

import pytest

from tests.docs.executable_pages import PageError, run_page


def run(tmp_path: Path, text: str) -> None:
    page = tmp_path / "page.md"
    page.write_text(text.replace("~~~", "```"), encoding="utf-8")
    run_page(page)


def test_python_blocks_of_a_page_share_one_namespace(tmp_path: Path) -> None:
    run(tmp_path, "~~~python\na = 2\n~~~\n\n~~~python\nassert a == 2\n~~~\n")


def test_a_python_block_that_raises_fails(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError):
        run(tmp_path, "~~~python\n1 / 0\n~~~\n")


def test_output_must_equal_what_the_block_above_printed(tmp_path: Path) -> None:
    page = '~~~python\nprint("9 groups in 0.3 s")\n~~~\n~~~text title="Output"\nSHOWN\n~~~\n'

    run(tmp_path, page.replace("SHOWN", "9 groups in ... s"))
    with pytest.raises(PageError):
        run(tmp_path, page.replace("SHOWN", "8 groups in ... s"))


def test_a_block_with_a_file_as_title_is_there_for_the_blocks_below(tmp_path: Path) -> None:
    file = '~~~csv title="in/cities.csv"\nname\nTurku\n~~~\n'
    page = file + "~~~console\n$ cat in/cities.csv\nSHOWN\n~~~\n"

    run(tmp_path, page.replace("SHOWN", "name\nTurku"))
    with pytest.raises(PageError):
        run(tmp_path, page.replace("SHOWN", "name\nTampere"))


def test_a_file_is_never_written_outside_the_directory_of_the_page(tmp_path: Path) -> None:
    with pytest.raises(AssertionError):
        run(tmp_path, '~~~text title="../escaped.txt"\nx\n~~~\n')


def test_a_command_that_fails_fails_the_page_unless_the_page_shows_its_code(
    tmp_path: Path,
) -> None:
    run(tmp_path, "~~~console\n$ (exit 3)\n$ echo $?\n3\n~~~\n")
    with pytest.raises(PageError):
        run(tmp_path, "~~~console\n$ (exit 3)\n$ true\n~~~\n")
    with pytest.raises(PageError):
        run(tmp_path, "~~~console\n$ (exit 3)\n$ echo $?\n4\n~~~\n")


def test_a_target_of_make_is_not_run_but_must_exist(tmp_path: Path) -> None:
    run(tmp_path, "~~~console\n$ make demo\n~~~\n")
    with pytest.raises(AssertionError):
        run(tmp_path, "~~~console\n$ make coffee\n~~~\n")


def test_the_command_of_this_environment_is_the_one_that_pages_run(tmp_path: Path) -> None:
    run(tmp_path, "~~~console\n$ utm --version\nutm, version ...\n~~~\n")

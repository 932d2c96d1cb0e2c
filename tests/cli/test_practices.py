"""Practices from the shell: searched, recommended, led from draft to publication."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from tests.cli.lists import data, problems_of, run, write_examples
from utm.cli import ExitCode
from utm.errors import InvalidInputError
from utm.interchange import to_json
from utm.interchange.lists import PRACTICES
from utm.reference.examples import example_document

DAY = ("--on", "2026-02-01")
CRITERIA = ("relevance", "integration", "participation", "results", "transferability", "honesty")


@pytest.fixture(scope="module")
def lists(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    return write_examples(tmp_path_factory.mktemp("lists"))


def search(lists: dict[str, Path], *arguments: str) -> list[dict[str, Any]]:
    found = data("practices", "search", *arguments, "--practices", lists["practices"], *DAY)
    return list(found["hits"])


def keys(hits: list[dict[str, Any]]) -> list[str]:
    return [hit["practice"] for hit in hits]


def test_words_facets_and_likeness_are_combined(lists: dict[str, Path]) -> None:
    every = search(lists)
    cooling = search(lists, "--facet", "theme=cooling")
    both = search(lists, "trees", "--facet", "theme=cooling", "--like", "Cuenca")

    assert len(every) == 4
    assert set(keys(cooling)) < set(keys(every))
    assert keys(both) == ["example-cool-stops"]
    low, high = both[0]["likeness_millionths"]
    assert 0 < low <= high <= 1_000_000
    assert both[0]["words_rank"] == 1


def test_words_that_were_found_are_marked_in_text_and_in_data(lists: dict[str, Path]) -> None:
    (hit, *_) = search(lists, "TREE")
    text = run("practices", "search", "TREE", "--practices", lists["practices"], *DAY).stdout
    marked = {
        excerpt["text"][start:end].casefold()
        for excerpt in hit["excerpts"]
        for start, end in excerpt["marks"]
    }

    assert marked == {"trees"}
    assert "*Trees*" in text


@pytest.mark.parametrize(
    "words",
    ['shade" OR title:*', "NEAR(shade)", "shade)", "shade*", "--", "\u0000shade", "'; DROP"],
)
def test_no_sign_of_a_query_language_is_a_command(lists: dict[str, Path], words: str) -> None:
    found = run("practices", "search", "--practices", lists["practices"], *DAY, "--", words)

    assert found.exit_code == 0
    assert "Traceback" not in found.output


@pytest.mark.parametrize("facet", ["theme", "colour=red", "="])
def test_a_facet_that_cannot_be_understood_is_a_slip_of_arguments(
    lists: dict[str, Path], facet: str
) -> None:
    found = run("practices", "search", "--practices", lists["practices"], "--facet", facet)

    assert found.exit_code == 2


def test_a_facet_that_no_practice_has_is_told_with_those_that_there_are(
    lists: dict[str, Path],
) -> None:
    arguments = ("--practices", lists["practices"], "--facet", "country=Mersin", *DAY)
    found = run("practices", "search", *arguments)

    assert found.exit_code == 0
    assert "No practice has country=" in found.stderr
    assert "tr" in found.stderr.casefold()


def test_a_city_is_advised_with_reasons_and_what_would_have_to_be_adapted(
    lists: dict[str, Path],
) -> None:
    arguments = ("--practices", lists["practices"], *DAY, "--need", "cooling.cool-outdoor-spaces")
    advice = data("practices", "recommend", "Cuenca", *arguments)
    first = advice["recommendations"][0]
    standings = {each["standing"] for each in first["conditions"]}

    assert first["practice"] == "example-cool-stops"
    assert first["score"] == sum(each["points"] for each in first["reasons"])
    assert {each["kind"] for each in first["reasons"]} >= {"SameChallenge", "LikeContext"}
    assert standings <= {"met", "unmet", "unknown here"}
    assert "unknown here" in standings


def test_nothing_that_a_city_did_itself_is_recommended_to_it(lists: dict[str, Path]) -> None:
    arguments = ("--practices", lists["practices"], *DAY, "--need", "cooling.cool-outdoor-spaces")
    advice = data("practices", "recommend", "Mersin", *arguments)

    assert "example-cool-stops" not in [each["practice"] for each in advice["recommendations"]]
    assert {"practice": "example-cool-stops", "reason": "the city did it itself"} in advice[
        "excluded"
    ]


def test_every_example_of_the_help_finds_something(
    lists: dict[str, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(lists["practices"].parent)
    told = [run("practices", verb, "--help").stdout for verb in ("search", "recommend")]
    examples = [line.split()[1:] for line in "\n".join(told).splitlines() if "    utm " in line]

    assert len(examples) == 5
    for example in examples:
        assert "(example-" in run(*example, *DAY).stdout, example


def test_before_its_publication_nothing_is_found(lists: dict[str, Path]) -> None:
    found = run("practices", "search", "--practices", lists["practices"], "--on", "2020-01-01")

    assert found.stdout == "Nothing that is published on 2020-01-01 answers.\n"


def test_a_list_is_counted_by_stage_and_its_schema_admits_it(lists: dict[str, Path]) -> None:
    told = run("practices", "check", lists["practices"], *DAY).stdout
    moved = run("practices", "check", lists["transfers"], "--on", "2025-10-01").stdout
    for name in ("practices", "transfers"):
        schema = json.loads(run("practices", "schema", name).stdout)
        Draft202012Validator(schema).validate(json.loads(example_document(name)))

    assert told == "5 practices on 2026-02-01: 1 draft, 4 published.\n"
    assert "1 adapt" in moved
    assert "reuse" not in moved


def test_every_problem_of_a_broken_list_is_told_with_its_place(tmp_path: Path) -> None:
    document = json.loads(example_document("practices"))
    first, second, third = (
        document["practices"][at]["events"][0]["drafted"]["practice"] for at in range(3)
    )
    first["topics"] = ["no topic"]
    second["readiness"] = "nearly"
    third["colour"] = "red"
    path = tmp_path / "broken.json"
    path.write_text(json.dumps(document), encoding="utf-8")

    problems = problems_of("practices", "search", "--practices", path)

    assert len(problems) == 3
    for at, (name, problem) in enumerate(
        zip(("topics", "readiness", "colour"), problems, strict=True)
    ):
        assert f"$.practices[{at}]" in problem
        assert name in problem


def test_practices_that_build_on_each_other_in_a_circle_are_refused(tmp_path: Path) -> None:
    document = json.loads(example_document("practices"))
    told = [each["events"][0]["drafted"]["practice"] for each in document["practices"][:2]]
    told[0]["builds_on"], told[1]["builds_on"] = [told[1]["id"]], [told[0]["id"]]
    path = tmp_path / "circle.json"
    path.write_text(json.dumps(document), encoding="utf-8")

    (problem,) = problems_of("practices", "check", path)

    assert told[0]["id"] in problem
    assert told[1]["id"] in problem


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "JSON"),
        (b"\xff\xfe\x00\x01", "UTF"),
        (b'{"format": "utm.practices", "version": 1, "practices": [\x00]}', "JSON"),
        ("żółć".encode("utf-16"), "UTF"),
        (b"[" * 100_000, "nest"),
    ],
)
def test_a_file_that_is_no_list_is_refused(tmp_path: Path, content: bytes, said: str) -> None:
    path = tmp_path / "odd.json"
    path.write_bytes(content)

    assert said.casefold() in " ".join(problems_of("practices", "check", path)).casefold()


def test_a_practice_of_ten_megabytes_is_read_and_found(tmp_path: Path) -> None:
    document = json.loads(example_document("practices"))
    text = document["practices"][0]["events"][0]["drafted"]["practice"]["texts"][0]
    text["body"] = "shade and trees " * 62_000
    path = tmp_path / "large.json"
    path.write_text(json.dumps(document), encoding="utf-8")
    found = data("practices", "search", "shade", "--practices", path, *DAY)

    assert "example-cool-stops" in keys(found["hits"])
    longest = max(len(each["text"]) for hit in found["hits"] for each in hit["excerpts"])
    assert longest < 1_000


def live(path: Path, verb: str, *arguments: str, by: str = "the editor") -> str:
    done = run(
        "practices", verb, path, "example-draft", *arguments,
        "--by", by, "--why", "next", "--on", "2026-03-02",
    )  # fmt: skip
    assert done.exit_code == 0, done.output
    return done.stdout


def review(path: Path, by: str, *scores: int) -> None:
    given = [f"--score={name}={score}" for name, score in zip(CRITERIA, scores, strict=True)]
    done = run(
        "practices", "review", path, "example-draft", "--by", by, *given,
        "--comment", "as I see it", "--on", "2026-03-02",
    )  # fmt: skip
    assert done.exit_code == 0, done.output


@pytest.fixture
def drafted(tmp_path: Path) -> Path:
    practice = PRACTICES.parse(example_document("practices"))[0].practice
    told = tmp_path / "told.json"
    told.write_text(to_json(practice).replace(practice.id.value, "example-draft"), encoding="utf-8")
    path = tmp_path / "practices.json"
    done = run(
        "practices", "draft", path, told, "--by", "Mersin", "--why", "told", "--on", "2026-03-01"
    )
    assert done.exit_code == 0, done.output
    return path


def test_a_practice_goes_from_draft_to_publication_with_two_reviewers(drafted: Path) -> None:
    live(drafted, "submit", by="Mersin")
    live(drafted, "evaluate", "--reviewer", "Ana; a university", "--reviewer", "Chloé")
    review(drafted, "Ana", 4, 4, 3, 3, 4, 4)
    review(drafted, "Chloé", 3, 4, 3, 3, 3, 4)
    told = live(drafted, "publish")
    standing = data("practices", "show", drafted, "example-draft", "--on", "2026-03-03")
    later = data("practices", "show", drafted, "example-draft", "--on", "2029-03-02")
    shown = run("practices", "show", drafted, "example-draft", "--on", "2026-03-03").stdout

    assert told == "example-draft is published until 2029-03-02.\n"
    assert (standing["stage"], later["stage"]) == ("published", "expired")
    assert standing["reviewers"] == ["Ana", "Chloé"]
    assert standing["alpha"] is not None
    assert len(standing["history"]) == 6
    assert "Krippendorff" in shown
    assert "Mean" in shown


def test_a_refusal_names_every_reason_and_writes_nothing(drafted: Path) -> None:
    live(drafted, "submit", by="Mersin")
    before = drafted.read_bytes()
    of_mersin = problems_of(
        "practices", "evaluate", drafted, "example-draft", "--reviewer", "Mersin",
        "--reviewer", "Ben;;tr-mersin", "--by", "the editor", "--why", "x", "--on", "2026-03-02",
    )  # fmt: skip
    too_early = problems_of(
        "practices", "publish", drafted, "example-draft",
        "--by", "Mersin", "--why", "x", "--on", "2026-03-02",
    )  # fmt: skip

    assert len(of_mersin) == 3
    assert "submitted it" in of_mersin[0]
    assert "drafted or revised it" in of_mersin[1]
    assert "where it was done" in of_mersin[2]
    assert "submitted" in too_early[0]
    assert drafted.read_bytes() == before


def test_a_validity_that_the_rubric_does_not_give_is_refused_by_the_check(drafted: Path) -> None:
    live(drafted, "submit", by="Mersin")
    live(drafted, "evaluate", "--reviewer", "Ana", "--reviewer", "Chloé")
    review(drafted, "Ana", 4, 4, 4, 4, 4, 4)
    review(drafted, "Chloé", 4, 4, 4, 4, 4, 4)
    live(drafted, "publish")
    assert run("practices", "check", drafted).exit_code == 0
    told = drafted.read_text(encoding="utf-8")
    assert told.count("2029-03-02") == 1
    drafted.write_text(told.replace("2029-03-02", "2999-01-01"), encoding="utf-8")

    (problem,) = problems_of("practices", "check", drafted)

    assert "$.practices[0]" in problem
    assert "expires on 2999-01-01, and its rubric says 2029-03-02" in problem


def test_who_declared_a_conflict_is_not_let_in_by_another_spelling(drafted: Path) -> None:
    live(drafted, "submit", by="Mersin")
    live(drafted, "evaluate", "--reviewer", "Ana", "--reviewer", "Chloé")
    live(drafted, "conflict", "--reviewer", "chloe", by="Chloé")
    before = drafted.read_bytes()

    (problem,) = problems_of(
        "practices", "evaluate", drafted, "example-draft", "--reviewer", "Chloe",
        "--by", "the editor", "--why", "x", "--on", "2026-03-02",
    )  # fmt: skip

    assert "has declared a conflict of interest" in problem
    assert drafted.read_bytes() == before


def test_reviewers_far_apart_ask_for_a_third_and_a_conflict_takes_one_away(drafted: Path) -> None:
    live(drafted, "submit", by="Mersin")
    live(drafted, "evaluate", "--reviewer", "Ana", "--reviewer", "Chloé")
    review(drafted, "Ana", 4, 4, 4, 4, 4, 4)
    review(drafted, "Chloé", 0, 4, 4, 4, 4, 4)
    (apart,) = problems_of(
        "practices", "publish", drafted, "example-draft",
        "--by", "the editor", "--why", "x", "--on", "2026-03-02",
    )  # fmt: skip
    live(drafted, "evaluate", "--reviewer", "Dan")
    live(drafted, "conflict", "--reviewer", "Chloé", by="Chloé")
    review(drafted, "Dan", 4, 3, 3, 4, 4, 4)
    live(drafted, "publish")
    standing = data("practices", "show", drafted, "example-draft", "--on", "2026-03-03")

    assert "4 steps apart on relevance" in apart
    assert standing["conflicted"] == ["Chloé"]
    assert [each["reviewer"] for each in standing["reviews"]] == ["Ana", "Dan"]


def test_two_clerks_lose_nothing(drafted: Path) -> None:
    told = drafted.parent / "told.json"
    text = told.read_text(encoding="utf-8")
    refused: list[str] = []

    def work(name: str) -> None:
        for number in range(5):
            own = drafted.parent / f"{name}-{number}.json"
            own.write_text(text.replace("example-draft", f"{name}-{number}"), encoding="utf-8")
            try:
                run("practices", "draft", drafted, own, "--by", name, "--why", "told")
            except InvalidInputError:
                refused.append(own.stem)

    clerks = [Thread(target=work, args=(name,)) for name in ("bo", "cy")]
    for clerk in clerks:
        clerk.start()
    for clerk in clerks:
        clerk.join()

    assert len(PRACTICES.read(drafted)) == 11 - len(refused)
    assert not list(drafted.parent.glob(".*"))


def test_the_rubric_is_shown_with_its_questions() -> None:
    shown = run("practices", "rubric").stdout

    assert all(name in shown for name in CRITERIA)
    assert (
        json.loads(run("practices", "rubric", "--format", "json").stdout)["format"] == "utm.rubric"
    )


def test_an_index_in_a_file_takes_in_what_has_changed_and_finds_what_one_in_memory_finds(
    lists: dict[str, Path], tmp_path: Path
) -> None:
    index, practices = tmp_path / "practices.index", tmp_path / "practices.json"
    kept = ("--index", str(index))
    practices.write_bytes(lists["practices"].read_bytes())
    here = {"practices": practices}

    assert search(here, "heat", *kept) == search(here, "heat") != []
    before = index.read_bytes()
    assert search(here, "heat", *kept) == search(here, "heat")
    assert index.read_bytes() == before

    document = json.loads(practices.read_text(encoding="utf-8"))
    gone = document["practices"].pop()
    text = json.dumps(document["practices"][0]).replace("bus stops", "agrivoltaics")
    document["practices"][0] = json.loads(text)
    practices.write_text(json.dumps(document), encoding="utf-8")
    assert gone["events"][0]["drafted"]["practice"]["id"] not in keys(search(here, *kept))
    assert search(here, "agrivoltaics", *kept) == search(here, "agrivoltaics") != []


def test_an_index_of_an_earlier_version_is_made_anew_and_another_file_is_left_alone(
    lists: dict[str, Path], tmp_path: Path
) -> None:
    index = tmp_path / "practices.index"
    search(lists, "heat", "--index", str(index))
    with closing(sqlite3.connect(index)) as connection, connection:
        connection.execute("UPDATE utm_index SET analyser = 'utm-0, layout 1'")
    asked = ("practices", "search", "heat", "--practices", lists["practices"], *DAY)
    again = run(*asked, "--index", index)
    assert "made anew" in again.output
    assert "example-cool-stops" in again.output
    assert "made anew" not in run(*asked, "--index", index).output

    other = tmp_path / "books.sqlite"
    with closing(sqlite3.connect(other)) as connection, connection:
        connection.execute("CREATE TABLE book (title TEXT)")
    before = other.read_bytes()
    for path, why in ((other, "a database of something else"), (lists["needs"], "not a database")):
        (problem,) = problems_of(*asked, "--index", path)
        assert why in problem
    assert other.read_bytes() == before


@pytest.mark.parametrize("folder", ["missing", "file.txt"])
def test_a_file_to_write_in_no_folder_is_refused_by_the_name_of_the_folder(
    lists: dict[str, Path], tmp_path: Path, folder: str
) -> None:
    (tmp_path / "file.txt").write_text("x", encoding="utf-8")
    target = tmp_path / folder / "new.index"
    asked = ("practices", "search", "heat", "--practices", lists["practices"], *DAY)

    refused = run(*asked, "--index", target)

    assert refused.exit_code == ExitCode.USAGE
    assert f"{tmp_path / folder}: " in " ".join(refused.output.split())
    assert "choose another place" in " ".join(refused.output.split())


def test_a_topic_or_language_that_nobody_has_is_questioned(lists: dict[str, Path]) -> None:
    here = ("--practices", lists["practices"], *DAY)

    slip = run("practices", "recommend", "Cuenca", "--need", "cooling.nonsense", *here)
    assert "cooling.nonsense is no topic of City2City" in slip.output
    assert "cooling.urban-trees" in slip.output
    assert "Shade at bus stops" in slip.output
    lost = run("practices", "recommend", "Cuenca", "--need", "coling.shade", *here)
    assert "its themes are energy, " in " ".join(lost.output.split())
    refused = run("practices", "recommend", "Cuenca", "--need", "shade", *here)
    assert refused.exit_code == ExitCode.USAGE
    assert "'theme.some-words'" in refused.output
    finnish = run("practices", "search", "varjo", "--language", "fi", *here)
    assert "No practice is told in fi; there are: en, tr." in finnish.output

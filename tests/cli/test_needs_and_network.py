"""Research needs summed up and the mission measured, from the shell."""

import json
import xml.etree.ElementTree as ET
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import networkx as nx
import pytest
from jsonschema import Draft202012Validator

from tests.cli.lists import data, problems_of, run, write_examples
from utm.reference.examples import example_document

DAY = ("--on", "2026-02-01")


@pytest.fixture(scope="module")
def lists(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    return write_examples(tmp_path_factory.mktemp("lists"))


def demand(lists: Mapping[str, Path], *arguments: str) -> list[dict[str, Any]]:
    found = data("needs", "demand", "--needs", lists["needs"], *DAY, *arguments)
    return list(found["clusters"])


def test_demand_names_every_contributor_and_what_answers_it(lists: dict[str, Path]) -> None:
    clusters = demand(
        lists,
        "--practices", str(lists["practices"]),
        "--opportunities", str(lists["opportunities"]),
        "--partners", str(lists["partners"]),
    )  # fmt: skip
    trees = clusters[0]

    assert trees["cities"] == ["ec-cuenca", "tr-mersin"]
    assert sorted(trees["people"]["counted"] + trees["people"]["unknown"]) == trees["cities"]
    assert trees["regions"] == {"Americas": ["ec-cuenca"], "Asia": ["tr-mersin"]}
    assert (trees["answered"], trees["practices"]) == ("answered", ["example-cool-stops"])
    assert [call["opportunity"] for call in trees["calls"]] == ["micall-2022"]
    assert trees["calls"][0]["availability"] == "closed"
    assert [each["partner"] for each in trees["partners"]] == ["example-institute"]
    assert sum(len(each["needs"]) for each in clusters) == 7


def test_what_nobody_answers_is_a_gap(lists: dict[str, Path]) -> None:
    clusters = demand(lists, "--practices", str(lists["practices"]))
    gaps = [each for each in clusters if each["answered"] == "gap"]

    assert [each["open_topics"] for each in gaps] == [["energy.storage"]]
    assert gaps[0]["cities"] == ["in-leh"]


def test_without_practices_a_gap_says_that_they_were_not_looked_at(lists: dict[str, Path]) -> None:
    alone = run("needs", "demand", "--needs", lists["needs"], *DAY).stdout
    both = run(
        "needs", "demand", "--needs", lists["needs"], "--practices", lists["practices"], *DAY
    ).stdout

    assert "practices were not looked at" in alone
    assert "every topic is answered" in both


def test_needs_are_sorted_by_topic_and_by_hand(lists: dict[str, Path], tmp_path: Path) -> None:
    groups = tmp_path / "groups.json"
    groups.write_text('{"Trees": ["example-1", "example-3"]}', encoding="utf-8")
    by_topic = demand(lists, "--by", "topic")
    (by_hand,) = demand(lists, "--by", "hand", "--groups", str(groups))

    assert by_topic[0]["label"] == "cooling.cool-outdoor-spaces"
    assert by_topic[0]["cities"] == ["ar-cordoba", "ec-cuenca", "tr-mersin"]
    assert (by_hand["label"], by_hand["needs"]) == ("Trees", ["example-1", "example-3"])


def test_every_slip_in_a_sorting_by_hand_is_told(lists: dict[str, Path], tmp_path: Path) -> None:
    groups = tmp_path / "groups.json"
    groups.write_text('{"A": ["example-1", "nothing"], "B": ["example-1"], "C": 3}', "utf-8")

    problems = problems_of(
        "needs", "demand", "--needs", lists["needs"], "--by", "hand", "--groups", groups
    )

    assert len(problems) == 3
    assert "$.A[1]" in problems[0]
    assert "two groups" in problems[1]
    assert "$.C" in problems[2]
    assert run("needs", "demand", "--needs", lists["needs"], "--by", "hand").exit_code == 2


def test_what_is_published_points_at_no_small_group(lists: dict[str, Path]) -> None:
    public = data(
        "needs", "demand", "--needs", lists["needs"], *DAY, "--public", "3", "--by", "topic"
    )
    text = run("needs", "demand", "--needs", lists["needs"], *DAY, "--public", "3", "--by", "topic")
    (told,) = public["clusters"]

    assert (told["cities"], public["clusters_with_too_few_cities"]) == (3, 3)
    assert all(count >= 3 for count in told["regions"].values())
    for name in ("Mersin", "Cuenca", "tr-mersin", "ec-cuenca"):
        assert name not in text.output


def test_change_names_the_newcomers(lists: dict[str, Path]) -> None:
    (trees, *_) = demand(lists, "--by", "topic", "--since", "2025-06-10")

    assert trees["new_cities"] == ["ar-cordoba", "ec-cuenca"]
    assert (
        run("needs", "demand", "--needs", lists["needs"], *DAY, "--since", "2027-01-01").exit_code
        == 2
    )


def test_a_list_of_needs_is_checked_and_has_a_schema(lists: dict[str, Path]) -> None:
    schema = json.loads(run("needs", "schema").stdout)
    Draft202012Validator(schema).validate(json.loads(example_document("needs")))

    assert run("needs", "check", lists["needs"]).stdout == "7 needs of 7 cities.\n"


def test_every_problem_of_a_list_of_needs_is_told(tmp_path: Path) -> None:
    document = json.loads(example_document("needs"))
    document["needs"][0]["stated_on"] = "yesterday"
    document["needs"][1]["text"] = " "
    document["needs"][2]["city"] = "Mersin"
    path = tmp_path / "broken.json"
    path.write_text(json.dumps(document), encoding="utf-8")

    assert len(problems_of("needs", "check", path)) == 3


def measure(lists: Mapping[str, Path], *arguments: str) -> dict[str, Any]:
    given = [f"--{name}={lists[name]}" for name in ("practices", "transfers", "needs")]
    found = data("network", *given, *DAY, *arguments)
    return {one["name"]: one["values"] for one in found["measures"]}


def test_every_measure_comes_with_its_definition_source_and_complexity() -> None:
    found = data("network", *DAY)

    assert found["nodes"]["city"] == 51
    assert found["nodes"]["group"] == 19
    assert all(
        one["definition"] and one["source"] and one["complexity"] and one["is_exact"]
        for one in found["measures"]
    )


def test_brokers_reach_balance_and_first_movers_follow_the_transfers(
    lists: dict[str, Path],
) -> None:
    measures = measure(lists)
    balance = {one["city"]: one["surplus"] for one in measures["Balance of giving and receiving"]}

    assert [one["city"] for one in measures["Brokers"]] == ["city:ar-cordoba", "city:tr-mersin"]
    assert measures["Reach of practices"] == {"practice:example-cool-stops": ["city:ar-cordoba"]}
    assert (balance["city:tr-mersin"], balance["city:ar-cordoba"]) == (1, -1)
    assert measures["Between Europe and the world"]["within_world"] == 1
    assert measures["First movers"][0]["cities"] == ["ar-cordoba"]


def test_nothing_later_than_the_day_is_seen(lists: dict[str, Path]) -> None:
    measures = measure(lists, "--on", "2025-10-01")

    assert measures["Brokers"] == []
    assert measures["Reach of practices"] == {}
    assert measures["First movers"] == []


def test_a_leaving_city_breaks_its_pair_and_is_listed_as_a_weak_point(
    lists: dict[str, Path],
) -> None:
    measures = measure(lists, "--leaving", "Mersin")
    lost = measures["If Mersin left"]
    weak = {one["city"]: one for one in measures["Resilience"]}

    assert lost["broken_groups"] == ["group:city2city-2026-18"]
    assert lost["cut_off"] == ["city:ke-kisumu"]
    assert weak["city:tr-mersin"] == lost


def test_the_graph_is_written_for_other_programs_and_drawn(
    lists: dict[str, Path], tmp_path: Path
) -> None:
    out, drawing = tmp_path / "mission.graphml", tmp_path / "mission.svg"
    given = ("--transfers", lists["transfers"], *DAY)
    run("network", *given, "--out", out, "--draw", drawing)
    run("network", *given, "--out", tmp_path / "mission.json")
    graph = nx.read_graphml(out)
    links = json.loads((tmp_path / "mission.json").read_text(encoding="utf-8"))["links"]
    texts = " ".join(ET.parse(drawing).getroot().itertext())  # noqa: S314 - our own file

    assert graph.nodes["city:tr-mersin"]["kind"] == "city"
    assert graph.number_of_edges() == len(links)
    assert "Córdoba learns example-cool-stops from Mersin: reuse" in texts


def test_a_name_that_does_not_tell_its_format_is_refused_before_any_work(tmp_path: Path) -> None:
    for option, name in (("--out", "mission.txt"), ("--draw", "mission.png")):
        assert run("network", option, tmp_path / name).exit_code == 2
    assert not list(tmp_path.iterdir())


def test_both_names_that_tell_no_format_are_told(tmp_path: Path) -> None:
    told = run("network", "--out", tmp_path / "a.txt", "--draw", tmp_path / "b.gif").stderr

    assert "--out ends in '.txt'" in told
    assert "--draw ends in '.gif'" in told


def test_the_problems_of_all_files_are_told_together(tmp_path: Path) -> None:
    files = {name: tmp_path / f"{name}.json" for name in ("practices", "needs", "edition")}
    for path in files.values():
        path.write_text("[]", encoding="utf-8")
    files["applicants"] = tmp_path / "applicants.csv"
    files["applicants"].write_text("city,country\nNowhere,XX\n", encoding="utf-8")
    given = [part for name, path in files.items() for part in (f"--{name}", str(path))]

    told = problems_of("network", *given)

    assert all(any(path.name in problem for problem in told) for path in files.values())


def test_a_file_of_applicants_brings_no_groups(tmp_path: Path) -> None:
    applicants = tmp_path / "two.csv"
    applicants.write_text("name,country\nAlpha,PT\nBeta,CL\n", encoding="utf-8")
    found = data("network", "--applicants", applicants, *DAY)
    measures = {one["name"]: one["values"] for one in found["measures"]}

    assert "group" not in found["nodes"]
    assert measures["Isolated cities"] == ["city:cl-beta", "city:pt-alpha"]


def test_a_publication_is_kept_apart_from_the_days_that_are_named(lists: dict[str, Path]) -> None:
    asked = ("--needs", str(lists["needs"]), "--by", "topic", "--public", "2")
    early = data("needs", "demand", *asked, "--on", "2025-06-25")["clusters"][0]

    before = ("--published", "2025-06-25")
    (late,) = data("needs", "demand", *asked, *DAY)["clusters"][:1]
    (kept,) = data("needs", "demand", *asked, *DAY, *before)["clusters"][:1]
    text = run("needs", "demand", *asked, *DAY, *before).output

    assert (early["cities"], late["cities"]) == (2, 3)
    assert kept == early
    assert "2 cities" in text
    assert "as published on 2025-06-25" in text
    without = run("needs", "demand", "--needs", lists["needs"], *DAY, *before)
    assert without.exit_code == 2
    assert "--published belongs to --public" in without.output


def test_what_a_publication_does_not_tell_is_refused_and_not_passed_over(
    lists: dict[str, Path],
) -> None:
    files = ("practices", "opportunities", "partners")
    beside = [part for name in files for part in (f"--{name}", str(lists[name]))]
    asked = ("needs", "demand", "--needs", lists["needs"], "--by", "topic", "--public", "3", *DAY)
    refused = run(*asked, *beside, "--since", "2025-09-30")

    assert refused.exit_code == 2
    assert refused.stdout == ""
    for option in ("--practices", "--opportunities", "--partners", "--since"):
        assert option in refused.stderr
        alone = [option, "2025-09-30" if option == "--since" else str(lists[option[2:]])]
        assert f"--public tells nothing of {option}" in run(*asked, *alone).stderr

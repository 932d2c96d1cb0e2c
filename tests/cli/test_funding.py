"""Funding from the shell: matched, planned, imported, verified, exported, checked."""

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from tests.cli.lists import code_of, data, problems_of, run, write_examples
from utm.interchange.lists import FUNDED_ACTIONS, OPPORTUNITIES
from utm.reference.examples import example_document

FIXTURES = Path(__file__).resolve().parents[1] / "interchange" / "funding" / "fixtures"
DAY = ("--on", "2026-02-01")
CALL = "micall-2022"


@pytest.fixture(scope="module")
def lists(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    return write_examples(tmp_path_factory.mktemp("lists"))


def match(lists: dict[str, Path], *arguments: str) -> list[dict[str, Any]]:
    found = data("funding", "match", *arguments, "--opportunities", lists["opportunities"])
    return list(found["matches"])


def one_of(matches: list[dict[str, Any]], key: str) -> dict[str, Any]:
    (found,) = (each for each in matches if each["opportunity"] == key)
    return found


def test_a_city_is_matched_with_days_left_effort_and_reasons(lists: dict[str, Path]) -> None:
    matches = match(lists, "Braga", *DAY)
    advice = one_of(matches, "example-advice")

    assert [each["verdict"] for each in matches] == ["met", "unknown", "unmet", "unmet"]
    assert (advice["days_left"], advice["effort_days"]) == (241, 5)
    assert advice["next_closing_utc"] == "2026-09-30T15:00:00+00:00"
    assert advice["register"] == "b"
    assert one_of(matches, "example-partnership")["register"] == "a"
    assert all(each["reasons"] for each in matches)


def test_what_is_not_known_says_what_to_ask(lists: dict[str, Path]) -> None:
    (call,) = match(lists, "Braga", *DAY, "--register", "joint")
    text = run("funding", "match", "Braga", "--opportunities", lists["opportunities"], *DAY).stdout

    assert call["verdict"] == "unknown"
    assert any("countries that are eligible" in lack for lack in call["missing"])
    assert "ask: Braga" in text


def test_a_project_is_asked_for_its_stage_its_cost_and_what_the_city_brings(
    lists: dict[str, Path],
) -> None:
    where = ("València", *DAY, "--register", "b")
    small = one_of(match(lists, *where, "--cost", "EUR 10000"), "example-grant")
    large = one_of(match(lists, *where, "--cost", "EUR 100000"), "example-grant")
    foreign = one_of(match(lists, *where, "--cost", "TRY 100000"), "example-grant")

    assert [one["verdict"] for one in (small, large, foreign)] == ["unmet", "met", "unknown"]
    assert any("convert it" in lack for lack in foreign["missing"])


@pytest.mark.parametrize("cost", ["100", "EUR 50.000", "EUR -1", "1e6 EUR"])
def test_money_that_reads_in_two_ways_is_refused(lists: dict[str, Path], cost: str) -> None:
    found = run(
        "funding", "match", "Braga", "--opportunities", lists["opportunities"], "--cost", cost
    )

    assert found.exit_code == 2


def test_past_deadlines_stale_records_and_forecasts_are_never_shown_as_open(
    lists: dict[str, Path],
) -> None:
    for day in ("2022-10-01", "2026-02-01", "2026-09-30", "2026-10-01", "2026-12-08", "2030-01-01"):
        shown = match(lists, "Braga", "--on", day, "--open")
        every = match(lists, "Braga", "--on", day)
        assert {each["availability"] for each in shown} <= {"open"}
        assert all(each["days_left"] is None or each["days_left"] >= 0 for each in every)
        if day >= "2026-12-08":
            assert shown == []
    assert match(lists, "Braga", "--on", "2026-10-01", "--open", "--register", "b") == []


def test_a_group_is_told_who_completes_it_at_the_lowest_price(lists: dict[str, Path]) -> None:
    call = one_of(match(lists, "group 7", "--on", "2022-10-01"), CALL)
    by_name = one_of(
        match(lists, "Ablekuma", "Salvador", "Belo Horizonte", "--on", "2022-10-01"), CALL
    )
    partners = ("--partners", str(lists["partners"]), "--topic", "cooling.heat-planning")
    helped = one_of(match(lists, "group 7", "--on", "2022-10-01", *partners), CALL)

    assert call["verdict"] == "unmet"
    assert [clause["needed"] for clause in call["clauses"]] == [3, 3]
    assert len(call["completion"]) == 3
    assert by_name["completion"] == call["completion"]
    assert "example-institute" in helped["completion"]
    assert helped["completion_price"] < call["completion_price"]


def test_where_one_applicant_is_enough_nobody_is_taken_in(lists: dict[str, Path]) -> None:
    advice = one_of(match(lists, "group 7", *DAY), "example-advice")

    assert advice["verdict"] == "unmet"
    assert advice["completion"] is None


def test_11_of_51_cities_lie_in_countries_of_the_call_and_no_group_meets_it_alone(
    lists: dict[str, Path],
) -> None:
    arguments = ("--opportunities", lists["opportunities"], "--on", "2022-10-01", "--closed-too")
    plan = data("funding", "plan", *arguments)
    call = one_of(plan["opportunities"], CALL)
    text = run("funding", "plan", *arguments).stdout

    assert (call["cities"], call["eligible_cities"], call["unknown_cities"]) == (51, 11, 0)
    assert (plan["groups"], call["complete_groups"]) == (19, 0)
    assert call["groups_complete_with_others"] == 19
    assert "11 of 51 cities may take part" in text
    assert "0 of 19 groups are complete as they are, 19 more with others" in text


def test_a_plan_asks_for_no_money_twice_and_for_nothing_that_is_closed(
    lists: dict[str, Path],
) -> None:
    plan = data("funding", "plan", "--opportunities", lists["opportunities"], *DAY)
    chosen = plan["chosen"]

    assert len({each["group"] for each in chosen}) == len(chosen) == 3
    assert len({each["competes_for"] for each in chosen}) == 3
    assert {each["offer"]["availability"] for each in chosen} == {"open"}
    assert plan["worth"] == sum(each["worth"] for each in chosen)


def test_a_plan_for_an_edition_of_ones_own_needs_its_applicants(
    lists: dict[str, Path], tmp_path: Path
) -> None:
    applicants = tmp_path / "two.csv"
    applicants.write_text("name,country\nAlpha,PT\nBeta,ES\n", encoding="utf-8")

    problems = problems_of(
        "funding", "plan", "--opportunities", lists["opportunities"], "--applicants", applicants
    )

    assert all("two.csv" in problem for problem in problems)
    assert any("--applicants" in problem for problem in problems)


@pytest.fixture
def imported(tmp_path: Path) -> Path:
    listed = tmp_path / "topics.json"
    done = run("funding", "import", "eu-portal", FIXTURES / "search.json", "--out", listed)
    assert done.exit_code == 0, done.output
    return listed


def states(listed: Path, day: str) -> list[str]:
    found = run("funding", "check", listed, "--on", day, "--format", "json")
    return [each["availability"] for each in json.loads(found.stdout)["opportunities"]]


def test_topics_of_the_portal_come_in_unverified_and_open_once_verified(imported: Path) -> None:
    key = "horizon-miss-2027-04-cit-02"
    before = run("funding", "check", imported, "--on", "2026-11-01")
    code_before = code_of("funding", "check", imported, "--on", "2026-11-01")
    done = run("funding", "verify", imported, key, "--by", "Desk", "--on", "2026-11-01", "--ahead")
    again = run("funding", "import", "eu-portal", FIXTURES / "search.json", "--into", imported)
    _, peers, _ = OPPORTUNITIES.read(imported)

    assert code_before == 3
    assert code_of("funding", "check", imported, "--on", "2027-01-19") == 0
    assert "1 forecast, 1 unverified, 1 closed" in before.stdout
    assert done.exit_code == 0, done.output
    assert states(imported, "2026-11-01") == ["forecast", "open", "closed"]
    assert "0 new, 3 there already" in again.stderr
    assert peers.entry.opportunity.curation is not None
    assert peers.entry.opportunity.expected_grants is None


PEERS = "horizon-miss-2027-04-cit-02"


def told_by(*arguments: object) -> str:
    """What a command says, without the ends of its lines."""
    return " ".join(run(*arguments).stderr.split())


def changed_search(folder: Path, **values: list[str]) -> Path:
    """The answer of the portal, with other values of the second topic."""
    document = json.loads((FIXTURES / "search.json").read_text(encoding="utf-8"))
    document["results"][1]["metadata"].update(values)
    path = folder / "later.json"
    path.write_text(json.dumps(document), encoding="utf-8")
    return path


def test_a_deadline_that_has_moved_is_told_and_the_list_stays(
    imported: Path, tmp_path: Path
) -> None:
    run("funding", "verify", imported, PEERS, "--by", "Desk", "--on", "2026-11-01", "--ahead")
    before = OPPORTUNITIES.read(imported)
    later = changed_search(tmp_path, deadlineDate=["2026-12-01"], startDate=["2026-10-01"])
    told = told_by("funding", "import", "eu-portal", later, "--into", imported)

    assert "Read 3: 0 new, 3 there already, of which 1 differs." in told
    assert f"{PEERS} differs in opens: " in told
    assert "deadlines: 2027-01-20 17:00 (Europe/Brussels) before, 2026-12-01 17:00" in told
    assert "--replace" in told
    assert OPPORTUNITIES.read(imported) == before


def test_what_is_taken_over_must_be_verified_again_and_is_not_open(
    imported: Path, tmp_path: Path
) -> None:
    run("funding", "verify", imported, PEERS, "--by", "Desk", "--on", "2026-11-01", "--ahead")
    later = changed_search(tmp_path, deadlineDate=["2026-12-01"], startDate=["2026-10-01"])
    told = told_by("funding", "import", "eu-portal", later, "--into", imported, "--replace")

    assert states(imported, "2026-11-02")[1] == "unverified"
    assert f"utm funding verify {imported} {PEERS} --by NAME" in told
    again = told_by("funding", "import", "eu-portal", later, "--into", imported, "--replace")
    assert "3 there already." in again
    assert "verify" not in again


def test_a_topic_that_the_portal_has_closed_is_told_and_is_open_no_more_if_taken_over(
    imported: Path, tmp_path: Path
) -> None:
    run("funding", "verify", imported, PEERS, "--by", "Desk", "--on", "2026-11-01", "--ahead")
    later = changed_search(tmp_path, status=["31094503"])
    told = told_by("funding", "import", "eu-portal", later, "--into", imported)

    assert f"{PEERS} differs in closed: no before, yes now." in told
    assert states(imported, "2026-11-02")[1] == "open"
    run("funding", "import", "eu-portal", later, "--into", imported, "--replace")
    assert states(imported, "2026-11-02")[1] == "closed"
    run("funding", "verify", imported, PEERS, "--by", "Desk", "--on", "2026-11-01", "--ahead")
    assert states(imported, "2026-11-02")[1] == "closed"


def test_a_topic_that_is_closed_when_it_comes_in_first_is_never_open(tmp_path: Path) -> None:
    fresh = tmp_path / "fresh.json"
    later = changed_search(tmp_path, status=["31094503"])
    run("funding", "import", "eu-portal", later, "--out", fresh)
    run("funding", "verify", fresh, PEERS, "--by", "Desk", "--on", "2026-11-01", "--ahead")

    assert states(fresh, "2026-11-02")[1] == "closed"


def test_to_replace_needs_a_list(tmp_path: Path) -> None:
    found = run("funding", "import", "eu-portal", FIXTURES / "search.json", "--replace")

    assert found.exit_code == 2
    assert "--replace belongs to --into" in found.stderr


def test_a_grant_that_has_changed_is_told_and_taken_over_if_asked(tmp_path: Path) -> None:
    listed, later = tmp_path / "actions.json", tmp_path / "grants.json"
    run("funding", "import", "360giving", FIXTURES / "grants.json", "--out", listed)
    text = (FIXTURES / "grants.json").read_text(encoding="utf-8")
    later.write_text(text.replace('"amountAwarded": 7500', '"amountAwarded": 8000'), "utf-8")

    told = told_by("funding", "import", "360giving", later, "--into", listed)
    assert "0 new, 3 there already, of which 1 differs." in told
    assert "amount: GBP 7,500 before, GBP 8,000 now" in told
    assert "GBP 8,000" not in {str(each.amount) for each in FUNDED_ACTIONS.read(listed)}
    run("funding", "import", "360giving", later, "--into", listed, "--replace")
    assert "GBP 8,000" in {str(each.amount) for each in FUNDED_ACTIONS.read(listed)}


def test_what_a_topic_pays_and_how_often_is_read_to_the_cent(imported: Path) -> None:
    streets, peers, _ = (each.entry.opportunity for each in OPPORTUNITIES.read(imported))

    assert str(streets.amounts) == "EUR 6,000,000 to EUR 8,000,000"
    assert (str(streets.budget), streets.expected_grants) == ("EUR 24,000,000", 3)
    assert str(peers.budget) == "EUR 5,000,000.50"
    assert [(str(each.day), each.stage) for each in streets.deadlines] == [
        ("2027-03-17", 1),
        ("2027-09-15", 2),
    ]


def test_a_record_is_stale_from_its_next_check_on(imported: Path) -> None:
    done = run(
        "funding", "verify", imported, "horizon-miss-2027-04-cit-02", "--by", "Desk",
        "--on", "2026-11-01", "--next-check", "2026-12-01", "--ahead",
    )  # fmt: skip

    assert done.exit_code == 0
    assert states(imported, "2026-11-29")[1] == "open"
    assert states(imported, "2026-12-01")[1] == "stale"
    assert code_of("funding", "check", imported, "--on", "2026-12-01") == 3
    assert states(imported, "2027-01-21")[1] == "closed"


def test_nothing_is_verified_on_a_day_to_come_unless_it_is_meant(imported: Path) -> None:
    before = imported.read_bytes()
    check = ("funding", "verify", imported, "horizon-miss-2027-04-cit-02", "--by", "Desk")

    assert run(*check, "--on", "2099-01-01").exit_code == 2
    assert imported.read_bytes() == before
    assert run(*check, "--on", "2099-01-01", "--ahead").exit_code == 0


def test_a_key_that_is_not_there_is_refused_and_nothing_is_written(
    lists: dict[str, Path],
) -> None:
    before = lists["opportunities"].read_bytes()
    problems = problems_of(
        "funding", "verify", lists["opportunities"], "nothing", "else", "--by", "Desk"
    )

    assert len(problems) == 2
    assert lists["opportunities"].read_bytes() == before


@pytest.mark.parametrize(
    ("kind", "name"), [("360giving", "grants.json"), ("iati", "activities.xml")]
)
def test_grants_and_activities_become_a_list_of_who_pays_for_what(
    kind: str, name: str, tmp_path: Path
) -> None:
    listed = tmp_path / "actions.json"
    done = run("funding", "import", kind, FIXTURES / name, "--out", listed)
    actions = FUNDED_ACTIONS.read(listed)
    exported = json.loads(run("funding", "export", listed).stdout)

    assert done.exit_code == 0, done.output
    assert len(actions) >= 2
    assert "pays for" in done.stderr
    assert exported["@context"] == "https://schema.org"
    assert {each["@type"] for each in exported["@graph"]} == {"MonetaryGrant"}
    assert len(exported["@graph"]) == len(actions)


def test_opportunities_are_written_for_others_with_amounts_as_text(lists: dict[str, Path]) -> None:
    grants = json.loads(run("funding", "export", lists["opportunities"]).stdout)["@graph"]
    (grant,) = (each for each in grants if each["identifier"] == "example-grant")

    assert grant["amount"] == {
        "@type": "MonetaryAmount",
        "currency": "EUR",
        "minValue": "50000.00",
        "maxValue": "250000.00",
    }


@pytest.mark.parametrize("name", ["opportunities", "partners"])
def test_each_list_has_a_schema_and_its_template_round_trips(name: str) -> None:
    schema = json.loads(run("funding", "schema", name).stdout)
    printed = run("template", name).stdout

    Draft202012Validator.check_schema(schema)
    Draft202012Validator(schema).validate(json.loads(printed))
    assert printed == example_document(name)


def test_every_problem_of_a_list_is_told_with_its_place(tmp_path: Path) -> None:
    document = json.loads(example_document("opportunities"))
    first = document["opportunities"][0]["entry"]["inward_opportunity"]["opportunity"]
    first["rolling"] = True
    document["opportunities"][1]["entry"]["inward_opportunity"]["opportunity"]["amounts"]["lowest"][
        "amount"
    ] = 50_000.5
    document["opportunities"][2]["entry"]["outward_action"]["opportunity"]["provider"] = {
        "name": "World fund",
        "level": "international",
    }
    path = tmp_path / "broken.json"
    path.write_text(json.dumps(document), encoding="utf-8")

    problems = problems_of("funding", "check", path)

    assert len(problems) == 3
    assert "rolling and has deadlines" in problems[0]
    assert "amount" in problems[1]
    assert "register B" in problems[2]


def test_one_key_twice_is_told_with_both_places(tmp_path: Path) -> None:
    document = json.loads(example_document("opportunities"))
    document["opportunities"].append(document["opportunities"][0])
    path = tmp_path / "twice.json"
    path.write_text(json.dumps(document), encoding="utf-8")

    (problem,) = problems_of("funding", "match", "Braga", "--opportunities", path)

    assert "$.opportunities[4]" in problem
    assert "$.opportunities[0]" in problem


@pytest.mark.parametrize(
    "who", [["group 20"], ["group 0"], ["Atlantis"], ["Braga", "Braga"], ["group \u0661"]]
)
def test_who_cannot_be_understood_is_a_slip_of_arguments(
    lists: dict[str, Path], who: list[str]
) -> None:
    found = run("funding", "match", *who, "--opportunities", lists["opportunities"])

    assert found.exit_code == 2


def test_actions_of_associated_countries_belong_to_register_a_on_their_days(
    lists: dict[str, Path], tmp_path: Path
) -> None:
    document = lists["opportunities"].read_text(encoding="utf-8")
    opportunities = tmp_path / "opportunities.json"
    opportunities.write_text(
        document.replace('"country": "FI"', '"country": "NO"'), encoding="utf-8"
    )
    here = {"opportunities": opportunities}

    def verdict(*associated: str) -> str:
        asked = [part for each in associated for part in ("--associated", each)]
        found = match(here, "Cuenca", "--register", "a", *DAY, *asked)
        return str(one_of(found, "example-partnership")["verdict"])

    assert verdict() == "unmet"
    assert verdict("NO") == verdict("GB", "no=2026-02-01..2026-02-01") == "met"
    assert verdict("NO=2026-02-02") == verdict("NO=2020-01-01..2026-01-31") == "unmet"


@pytest.mark.parametrize(
    ("country", "said"),
    [
        ("FI", "is a member state"),
        ("XX", "'XX' is not an ISO"),
        ("NO=2026-02-01..2026-01-01", "ends before it begins"),
        ("NO=soon", "'soon'"),
    ],
)
def test_an_associated_country_that_cannot_be_is_refused(
    lists: dict[str, Path], country: str, said: str
) -> None:
    asked = ("Cuenca", "--opportunities", lists["opportunities"], *DAY, "--associated", country)
    refused = run("funding", "match", *asked)

    assert refused.exit_code == 2
    assert said in refused.output


def test_every_name_that_is_not_known_is_told_at_once(lists: dict[str, Path]) -> None:
    done = run(
        "funding", "match", "Braga", "Nowhere", "Nix", "--opportunities", lists["opportunities"]
    )

    assert done.exit_code == 2
    assert "'Nowhere' is not known; city: 'Nix' is not known" in done.stderr


def test_a_list_in_place_of_another_is_refused_in_one_sentence(
    lists: dict[str, Path], tmp_path: Path
) -> None:
    needs = tmp_path / "needs.json"
    needs.write_text('{"format": "utm.needs", "needs": [], "version": 1}', encoding="utf-8")

    (problem,) = problems_of("funding", "match", "Braga", "--opportunities", needs)

    assert "is that of another file" in str(problem)

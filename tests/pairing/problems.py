"""Problems at random, and the best grouping by trying them all."""

from collections import Counter
from itertools import combinations, product

from attrs import evolve
from hypothesis import strategies as st

from utm.domain.city import IncomeGroup
from utm.domain.identifiers import ThemeId, TopicId
from utm.pairing import (
    Allowance,
    Conflict,
    ContextWeights,
    ExchangeRule,
    Exclusion,
    FocusKind,
    LanguageCapacity,
    LanguageRule,
    Lock,
    Need,
    Offer,
    Participant,
    Policy,
    Priority,
    Problem,
    ThemeCapacity,
)
from utm.pairing.definition import Definition
from utm.pairing.violations import violations_of

TOPICS = tuple(TopicId(f"{theme}.{name}") for theme in ("heat", "move") for name in "abc")
ZONES = (
    "Africa/Nairobi",
    "America/Bogota",
    "Asia/Kathmandu",
    "Europe/Helsinki",
    "Pacific/Auckland",
)


@st.composite
def participants(draw, name):
    topics = draw(st.lists(st.sampled_from(TOPICS), max_size=3, unique=True))
    weights = [draw(st.integers(1, 9)) for _ in topics]
    offered = draw(st.lists(st.sampled_from(TOPICS), max_size=3, unique=True))
    maybe = lambda values: draw(st.one_of(st.none(), values))  # noqa: E731
    return Participant(
        id=name,
        country=draw(st.sampled_from(["FI", "PT", "NA"])),
        needs=tuple(
            Need(topic=topic, weight_share=weight / sum(weights))
            for topic, weight in zip(topics, weights, strict=True)
        ),
        offers=tuple(Offer(topic=topic, maturity=draw(st.integers(1, 5))) for topic in offered),
        languages=maybe(
            st.lists(st.sampled_from(["en", "pt", "fi"]), min_size=1, unique=True).map(tuple)
        ),
        timezone=maybe(st.sampled_from(ZONES)),
        climate=maybe(st.sampled_from(["Csa", "Csb", "Dfb"])),
        population=maybe(st.integers(10_000, 9_000_000)),
        coast_km=maybe(st.sampled_from([0.0, 50.0, 51.0])),
        elevation_m=maybe(st.sampled_from([-3.0, 999.0, 1000.0])),
        on_river=maybe(st.booleans()),
        income=maybe(st.sampled_from(IncomeGroup)),
    )


@st.composite
def policies(draw, ids):
    smallest = draw(st.sampled_from([2, 2, 2, 3, 4]))
    share = st.sampled_from([0.0, 0.013, 0.1, 0.25])
    has_locks = bool(ids) and draw(st.booleans())  # most of those contradict other rules
    locked = draw(st.lists(st.sampled_from(ids), max_size=3, unique=True)) if has_locks else []
    cut = draw(st.integers(0, len(locked)))
    locks = [part for part in (locked[:cut], locked[cut:]) if part]
    pairs = list(combinations(ids, 2))
    excluded = draw(st.lists(st.sampled_from(pairs), max_size=2, unique=True)) if pairs else []
    return Policy(
        smallest_group=smallest,
        largest_group=draw(st.sampled_from([size for size in (4, 4, 3, 2) if size >= smallest])),
        fewest_countries=draw(st.integers(1, 3)),
        most_of_one_country=draw(st.sampled_from([None, None, 1, 2])),
        common_language=draw(st.sampled_from(LanguageRule)),
        fewest_common_office_minutes=draw(st.sampled_from([0, 0, 60, 240])),
        least_stake_share=draw(st.sampled_from([0.0, 0.0, 0.3, 1.0])),
        exchange=draw(st.sampled_from(ExchangeRule)),
        least_benefit=draw(st.sampled_from([None, None, 0.0, 0.05])),
        admits_unknown=draw(st.booleans()),
        focus=draw(st.sampled_from(FocusKind)),
        helpfulness=draw(
            st.sampled_from([(0.2, 0.4, 0.6, 0.8, 0.95), (0.0, 0.0, 0.333, 1.0, 1.0)])
        ),
        shared_challenge=draw(share),
        context=ContextWeights(
            climate=draw(share),
            population=draw(share),
            coast=draw(share),
            mountain=draw(share),
            river=draw(share),
            income=draw(share),
            language=draw(share),
            office_hours=draw(share),
            reciprocity=draw(share),
            hours_apart=draw(st.sampled_from([0.0, 0.0, 0.01])),
            repeat=draw(share),
        ),
        locks=tuple(Lock(members=tuple(part), reason="told to") for part in locks),
        exclusions=tuple(Exclusion(members=pair, reason="told to") for pair in excluded),
    )


@st.composite
def limits(draw, ids):
    """Rules that couple groups, and those that name some participants."""
    count = st.integers(0, 2)
    fewest = draw(st.sampled_from([0, 0, 0, 0, 0, 1, 2]))
    some = st.lists(st.sampled_from(ids or ["-"]), min_size=2, max_size=4, unique=True)
    conflicts = draw(st.lists(some, max_size=2)) if ids[1:] else []
    first = draw(st.lists(st.sampled_from(ids), max_size=2, unique=True)) if ids else []
    themes = draw(st.lists(st.sampled_from(["heat", "move"]), max_size=2, unique=True))
    languages = draw(st.lists(st.sampled_from(["en", "fi", "pt"]), max_size=3, unique=True))
    return {
        "conflicts": tuple(
            Conflict(members=tuple(names), reason="told to", most_together=draw(st.integers(1, 2)))
            for names in conflicts
        ),
        "priorities": tuple(
            Priority(participant=name, worth=draw(st.sampled_from([0.1, 5.0])), reason="told to")
            for name in first
        ),
        "fewest_groups": fewest,
        "most_groups": draw(st.sampled_from([None, None, fewest, fewest + 1])),
        "theme_capacities": tuple(
            ThemeCapacity(theme=ThemeId(theme), most_groups=draw(count)) for theme in themes
        ),
        "language_capacities": tuple(
            LanguageCapacity(language=code, most_groups=draw(count))
            for code in (languages if draw(st.booleans()) else [])
        ),
    }


@st.composite
def marked_problems(draw):
    """Problems of few kinds, where rules name some of each kind one by one or all together."""
    problem = draw(problems(fewest=4, most=8, alike=True))
    ids = [participant.id for participant in problem.participants]
    some = st.lists(st.sampled_from(ids), unique=True)
    first, named = draw(some), draw(some)
    policy = evolve(
        problem.policy,
        locks=tuple(Lock(members=(name,), reason="told to") for name in draw(some)),
        conflicts=(Conflict(members=tuple(named), reason="told to", most_together=2),)
        if len(named) > 1
        else (),
        priorities=tuple(
            Priority(participant=name, worth=draw(st.sampled_from([0.1, 0.3])), reason="told to")
            for name in first
        ),
    )
    return evolve(problem, policy=policy)


@st.composite
def limited_problems(draw, *, fewest=0, most=7, alike=False):
    """Problems with every kind of rule."""
    problem = draw(problems(fewest=fewest, most=most, alike=alike))
    ids = [participant.id for participant in problem.participants]
    return evolve(problem, policy=evolve(problem.policy, **draw(limits(ids))))


@st.composite
def problems(draw, *, fewest=0, most=7, alike=False):
    count = draw(st.integers(fewest, most))
    ids = [f"c{number}" for number in range(count)]
    people = [draw(participants(name)) for name in ids]
    if alike and people:
        kinds = people[: draw(st.integers(1, 2))]
        people = [evolve(kinds[index % len(kinds)], id=name) for index, name in enumerate(ids)]
    pairs = list(combinations(ids, 2))
    earlier = draw(st.lists(st.sampled_from(pairs), max_size=2, unique=True)) if pairs else []
    return Problem(
        participants=tuple(people),
        policy=draw(policies(ids)),
        earlier_pairs=tuple(earlier),
    )


def admissible_groups(problem):
    """Every admissible group with the best of its scores."""
    definition = Definition(problem)
    found = {}
    for focus in definition.foci():
        for size in (2, 3, 4):
            for members in combinations(sorted(definition.people), size):
                if not violations_of(definition, members, focus):
                    score = definition.group(members, focus).score
                    found[members] = max(score, found.get(members, score))
    return found


def best_score(problem):
    """The highest score of any grouping by trying them all; None where there is none."""
    groups = admissible_groups(problem)
    locked = {name for lock in problem.policy.locks for name in lock.members}
    names = sorted(p.id for p in problem.participants)
    best = {frozenset(): 0}
    for name in names:  # the best for each set of participants used among those up to here
        extended = dict(best) if name not in locked else {}
        for used, score in best.items():
            if name in used:
                extended[used] = max(score, extended.get(used, score))
                continue
            for members, worth in groups.items():
                if members[0] == name and not used & set(members):
                    key = used | set(members)
                    extended[key] = max(score + worth, extended.get(key, score + worth))
        best = extended
    return max(best.values(), default=None)


def best_score_of_each_once(problem):
    """The same as `best_score_within_limits`, soon enough for nine with a group each.

    A grouping is built from the first name on. Of those that use the same participants and
    as much of every limit, only the best goes on.
    """
    policy = problem.policy
    locked = {name for lock in policy.locks for name in lock.members}
    offered = _offered_by_first_name(problem)
    best = {(frozenset(), ()): 0}
    for name in sorted(offered):
        extended = {}
        for (used, count), score in best.items():
            if name in used or name not in locked:
                _keep_best(extended, (used, count), score)
            for members, tokens, worth in offered[name]:
                if not used & members:
                    now = tuple(sorted([*count, *tokens], key=str))
                    if _within(policy, now):
                        _keep_best(extended, (used | members, now), score + worth)
        best = extended
    whole = [
        score for (_, count), score in best.items() if count.count("group") >= policy.fewest_groups
    ]
    return max(whole, default=None)


def _offered_by_first_name(problem):
    """Every admissible group, once for each language it may work in, with what it uses up."""
    definition = Definition(problem)
    offered = {name: {} for name in sorted(definition.people)}
    for (theme, topics), size in product(definition.foci(), (2, 3, 4)):
        for members in combinations(offered, size):
            if not violations_of(definition, members, (theme, topics)):
                score = definition.group(members, (theme, topics)).score
                codes = _spoken(definition, members) if problem.policy.language_capacities else {""}
                for code in codes:
                    tokens = "group", f"theme {theme}", f"language {code}"
                    _keep_best(offered[members[0]], (members, tokens), score)
    return {
        name: [(frozenset(members), tokens, worth) for (members, tokens), worth in found.items()]
        for name, found in offered.items()
    }


def _keep_best(scores, key, score):
    scores[key] = max(score, scores.get(key, score))


def _within(policy, count):
    most = {f"theme {each.theme}": each.most_groups for each in policy.theme_capacities}
    most |= {f"language {each.language}": each.most_groups for each in policy.language_capacities}
    if policy.most_groups is not None:
        most["group"] = policy.most_groups
    return all(count.count(limit) <= number for limit, number in most.items())


def _spoken(definition, members):
    known = [set(definition.people[m].languages or ()) for m in members]
    return set.intersection(*(k for k in known if k)) if any(known) else {"other"}


def best_score_within_limits(problem):
    """The highest score of any grouping that keeps every limit, by trying them all."""
    return max((score for _, score in groupings_within_limits(problem)), default=None)


def groupings_within_limits(problem):
    """Every grouping that keeps every limit, as members and theme of each group, and its score."""
    definition = Definition(problem)
    policy = problem.policy
    names = sorted(definition.people)
    offered = [
        (members, focus[0], definition.group(members, focus).score)
        for focus in definition.foci()
        for size in (2, 3, 4)
        for members in combinations(names, size)
        if not violations_of(definition, members, focus)
    ]
    locked = {name for lock in policy.locks for name in lock.members}
    themes = {capacity.theme: capacity.most_groups for capacity in policy.theme_capacities}
    languages = {c.language: c.most_groups for c in policy.language_capacities}

    def spoken(members):
        return _spoken(definition, members)

    found = []
    places = dict.fromkeys(names, policy.groups_each)
    places |= {allowance.participant: allowance.most_groups for allowance in policy.allowances}
    places |= dict.fromkeys(locked, 1)

    def extend(start, chosen, score):
        """Add groups in the order in which they are offered, none of the same members twice."""
        count = Counter(name for members, _ in chosen for name in members)
        if all(count[name] for name in locked) and _keeps_limits(
            policy, chosen, themes, languages, spoken
        ):
            found.append((chosen, score))
        taken = {members for members, _ in chosen}
        for number in range(start, len(offered)):
            members, theme, worth = offered[number]
            if members not in taken and all(count[name] < places[name] for name in members):
                extend(number + 1, [*chosen, (members, theme)], score + worth)

    extend(0, [], 0)
    return found


def _keeps_limits(policy, chosen, themes, languages, spoken):
    if not policy.fewest_groups <= len(chosen):
        return False
    if policy.most_groups is not None and len(chosen) > policy.most_groups:
        return False
    if any(sum(t == theme for _, t in chosen) > most for theme, most in themes.items()):
        return False
    choices = product(*(sorted(spoken(members)) for members, _ in chosen))
    return not languages or any(
        all(choice.count(code) <= most for code, most in languages.items()) for choice in choices
    )


@st.composite
def several(draw, kind):
    """Problems in which some may be in more than one group."""
    problem = draw(kind)
    locked = {name for lock in problem.policy.locks for name in lock.members}
    free = [p.id for p in problem.participants if p.id not in locked]
    chosen = draw(st.lists(st.sampled_from(free), max_size=3, unique=True)) if free else []
    allowances = tuple(
        Allowance(participant=name, most_groups=draw(st.integers(1, 3)), reason="a mentor")
        for name in chosen
    )
    each = draw(st.integers(1, 2))
    return evolve(problem, policy=evolve(problem.policy, groups_each=each, allowances=allowances))

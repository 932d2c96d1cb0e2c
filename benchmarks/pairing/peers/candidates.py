"""Who could be in a group with whom: nobody looks at pairs that nothing ties."""

from collections.abc import Iterator
from random import Random

from benchmarks.pairing.scoring import Scorer
from utm.pairing import ExchangeRule


class Candidates:
    """Partners of each participant, by topic."""

    def __init__(self, scorer: Scorer) -> None:
        policy = scorer.policy
        self._scorer = scorer
        self._all = policy.exchange is ExchangeRule.NOT_ASKED
        shared = policy.exchange is ExchangeRule.HELP_OR_SHARED_NEED
        needing: dict[object, list[int]] = {}
        helping: dict[object, list[int]] = {}
        for number, one in enumerate(scorer.people):
            for need in one.needs:
                needing.setdefault(need.topic, []).append(number)
            for offer in one.offers:
                helping.setdefault(offer.topic, []).append(number)
        self.lists: list[list[list[int]]] = []
        for one in scorer.people:
            lists = [helping.get(need.topic, []) for need in one.needs]
            lists += [needing.get(offer.topic, []) for offer in one.offers]
            if shared:
                lists += [needing[need.topic] for need in one.needs]
            self.lists.append([some for some in lists if some])

    def count(self) -> int:
        """About twice the number of pairs that something ties."""
        if self._all:
            return len(self.lists) ** 2
        return sum(len(some) for lists in self.lists for some in lists)

    def of(self, number: int) -> list[int]:
        """All partners of one, each once."""
        if self._all:
            return [other for other in range(len(self.lists)) if other != number]
        return sorted({other for some in self.lists[number] for other in some} - {number})

    def draw(self, number: int, random: Random) -> int | None:
        """One partner at random, a topic first."""
        if self._all:
            return random.randrange(len(self.lists))
        lists = self.lists[number]
        return random.choice(random.choice(lists)) if lists else None

    def pairs(self, random: Random, most: int) -> Iterator[tuple[int, int]]:
        """Each tied pair once; where there are more than wanted, some of them at random."""
        if self.count() <= 2 * most:
            for left in range(len(self.lists)):
                yield from ((left, right) for right in self.of(left) if left < right)
            return
        each = max(1, most // max(1, len(self.lists)))
        seen = set()
        for left in range(len(self.lists)):
            for _ in range(each):
                right = self.draw(left, random)
                if right is not None and right != left:
                    seen.add((min(left, right), max(left, right)))
        yield from sorted(seen)

"""Decision diagrams over variables with few values: equal functions are the same node."""

from __future__ import annotations

from collections.abc import Sequence

__all__ = ["FALSE", "TRUE", "Diagrams"]

FALSE = 0
"""The node of the function that is never true."""

TRUE = 1
"""The node of the function that is always true."""


class Diagrams:
    """Reduced, ordered decision diagrams that share their nodes.

    A node is a whole number. Two functions are equal exactly if their nodes are.

    Parameters
    ----------
    sizes
        How many values each variable has, at least one, in the order of the diagrams.
    """

    def __init__(self, sizes: Sequence[int]) -> None:
        self.sizes = tuple(sizes)
        end = len(self.sizes)
        self._variables: list[int] = [end, end]
        self._children: list[tuple[int, ...]] = [(), ()]
        self._known: dict[tuple[int, tuple[int, ...]], int] = {}
        self._conjunctions: dict[tuple[int, int], int] = {}
        self._negations: dict[int, int] = {FALSE: TRUE, TRUE: FALSE}

    def variable(self, number: int, truths: Sequence[bool]) -> int:
        """Give the function that is true for the listed values of one variable."""
        return self._node(number, tuple(TRUE if truth else FALSE for truth in truths))

    def choice(self, number: int, branches: Sequence[int]) -> int:
        """Give the function that is one of several, by the value of a variable.

        The branches look at later variables only.
        """
        return self._node(number, tuple(branches))

    def conjunction(self, first: int, second: int) -> int:
        """Give the function that is true where both are."""
        if FALSE in (first, second):
            return FALSE
        if second in {first, TRUE}:
            return first
        if first == TRUE:
            return second
        pair = (min(first, second), max(first, second))
        found = self._conjunctions.get(pair)
        if found is None:
            variable = min(self._variables[first], self._variables[second])
            children = zip(
                self._branches(first, variable), self._branches(second, variable), strict=True
            )
            found = self._node(variable, tuple(self.conjunction(a, b) for a, b in children))
            self._conjunctions[pair] = found
        return found

    def negation(self, node: int) -> int:
        """Give the function that is true where this one is not."""
        found = self._negations.get(node)
        if found is None:
            children = tuple(self.negation(child) for child in self._children[node])
            found = self._node(self._variables[node], children)
            self._negations[node] = found
        return found

    def disjunction(self, first: int, second: int) -> int:
        """Give the function that is true where at least one is."""
        return self.negation(self.conjunction(self.negation(first), self.negation(second)))

    def at_least(self, count: int, nodes: Sequence[int]) -> int:
        """Give the function that is true where at least so many are."""
        # reached[k]: at least k of those seen so far
        reached = [TRUE] + [FALSE] * max(count, 0)
        for node in nodes:
            for k in range(len(reached) - 1, 0, -1):
                more = self.conjunction(reached[k - 1], node)
                reached[k] = self.disjunction(reached[k], more)
        return reached[max(count, 0)]

    def example(self, node: int) -> tuple[int, ...] | None:
        """Find values of all variables for which a function is true; ``None`` if there are none.

        Variables that do not matter take their first value.
        """
        if node == FALSE:
            return None
        values = [0] * len(self.sizes)
        while node != TRUE:
            children = self._children[node]
            value = next(i for i, child in enumerate(children) if child != FALSE)
            values[self._variables[node]] = value
            node = children[value]
        return tuple(values)

    def holds(self, node: int, values: Sequence[int]) -> bool:
        """Tell whether a function is true for given values of all variables."""
        while node not in (FALSE, TRUE):
            node = self._children[node][values[self._variables[node]]]
        return node == TRUE

    def _branches(self, node: int, variable: int) -> tuple[int, ...]:
        if self._variables[node] == variable:
            return self._children[node]
        return (node,) * self.sizes[variable]

    def _node(self, variable: int, children: tuple[int, ...]) -> int:
        if all(child == children[0] for child in children):
            return children[0]
        key = (variable, children)
        found = self._known.get(key)
        if found is None:
            found = len(self._children)
            self._variables.append(variable)
            self._children.append(children)
            self._known[key] = found
        return found

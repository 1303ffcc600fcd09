"""A machine as a finite Markov chain: everything is computed, nothing is simulated.

Source: D. Brook and D. A. Evans, An approach to the probability distribution of cusum run length,
Biometrika 59 (1972) 539-549. The matrices are small; plain Gaussian elimination does.
"""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from alert4you.wellbeing.rules.noticing import Machine

Vector = list[float]
Matrix = list[Vector]


@dataclass(frozen=True)
class Chain:
    """``inside[i][j]``: the chance to go from state i to j without a notice; what is missing is the notice.

    The first state is the one in which it begins, and begins anew after a notice.
    """

    inside: Matrix

    @property
    def notice(self) -> Vector:
        """The chance of a notice at the next rating, by state."""
        return [1 - sum(row) for row in self.inside]

    def settled(self) -> Vector:
        """Where it is in the long run, by state, when it begins anew after each notice."""
        size, leaves = len(self.inside), self.notice
        again = [[*row] for row in self.inside]
        for row, chance in zip(again, leaves, strict=True):
            row[0] += chance
        balance = [[again[i][j] - (i == j) for i in range(size)] for j in range(size)]
        balance[-1] = [1.0] * size
        return solve(balance, [0.0] * (size - 1) + [1.0])

    def rate(self) -> float:
        """Notices per rating in the long run: one divided by the average run length."""
        return sum(w * p for w, p in zip(self.settled(), self.notice, strict=True))

    def within(self, ratings: int, begin: Vector) -> float:
        """The chance of at least one notice within so many ratings, begun in these states."""
        still = begin
        for _ in range(ratings):
            still = [
                sum(s * row[j] for s, row in zip(still, self.inside, strict=True))
                for j in range(len(begin))
            ]
        return 1 - sum(still)


def states_of(machine: Machine[Any], steps: Sequence[int]) -> dict[Hashable, int]:
    """All that a machine can remember, numbered; the start is 0."""
    found: dict[Hashable, int] = {machine.start: 0}
    new = [machine.start]
    while new:
        state = new.pop()
        for step in steps:
            after, _notice = machine.after(state, step)
            if after not in found:
                found[after] = len(found)
                new.append(after)
    return found


def chain_of(machine: Machine[Any], chances: Mapping[int, float]) -> Chain:
    """The chain of a machine that reads independent ratings with these chances."""
    states = states_of(machine, list(chances))
    inside = [[0.0] * len(states) for _ in states]
    for state, number in states.items():
        for step, chance in chances.items():
            after, notice = machine.after(state, step)
            if not notice:
                inside[number][states[after]] += chance
    return Chain(inside)


def solve(matrix: Matrix, right: Vector) -> Vector:
    """x of matrix · x = right; the largest pivot of each column first."""
    rows = [[*row, value] for row, value in zip(matrix, right, strict=True)]
    size = len(rows)
    for column in range(size):
        pivot = max(range(column, size), key=lambda row: abs(rows[row][column]))
        rows[column], rows[pivot] = rows[pivot], rows[column]
        top = rows[column]
        for row in rows[column + 1 :]:
            if factor := row[column] / top[column]:
                for each in range(column, size + 1):
                    row[each] -= factor * top[each]
    found = [0.0] * size
    for at in reversed(range(size)):
        known = sum(rows[at][each] * found[each] for each in range(at + 1, size))
        found[at] = (rows[at][size] - known) / rows[at][at]
    return found

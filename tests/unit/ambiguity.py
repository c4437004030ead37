"""Finds in a pattern the loops whose text can be cut in two ways: (?:还|是|还是)* of 还是还是….

Such a loop tries every way of cutting before it gives up: 2^20 of 40 characters. What the pattern
may match is drawn as a graph with one node for each character; two walks over the same text that
part and meet again within a circle are a witness. Looks ahead and behind are passed over, so a
witness has still to be tried on the pattern itself.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from re import _constants as op  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any, NamedTuple

UNROLLED = 12  # times that a bounded loop is written out
WITNESSES = 100  # of one circle
SINGLE = {op.LITERAL, op.NOT_LITERAL, op.ANY, op.IN}
LOOPS = {op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT}
ELSE = "㐀"  # stands for all characters that a pattern does not name
CLASSES: dict[Any, Callable[[str], bool]] = {
    op.CATEGORY_DIGIT: str.isdecimal,
    op.CATEGORY_NOT_DIGIT: lambda c: not c.isdecimal(),
    op.CATEGORY_SPACE: str.isspace,
    op.CATEGORY_NOT_SPACE: lambda c: not c.isspace(),
    op.CATEGORY_WORD: lambda c: c.isalnum() or c == "_",
    op.CATEGORY_NOT_WORD: lambda c: not (c.isalnum() or c == "_"),
}

Ways = dict[int, int]  # by node, in how many ways it is reached: one, or two and more
Pair = tuple[int, int]


class Part(NamedTuple):
    """Where a part of a pattern begins and ends, and in how many ways it may be empty."""

    first: Ways
    last: Ways
    empty: int


EMPTY = Part({}, {}, 1)


def _is_in(kind: Any, value: Any, char: str) -> bool:
    if kind is op.LITERAL:
        return ord(char) == value
    if kind is op.NOT_LITERAL:
        return ord(char) != value
    if kind is op.ANY:
        return char != "\n"
    negated = found = False
    for what, arg in value:
        if what is op.NEGATE:
            negated = True
        elif what is op.LITERAL:
            found |= ord(char) == arg
        elif what is op.RANGE:
            found |= arg[0] <= ord(char) <= arg[1]
        else:
            found |= CLASSES[arg](char)
    return found != negated


def _sum(*all_: tuple[Ways, int]) -> Ways:
    found: Ways = {}
    for ways, times in all_:
        for node, count in ways.items() if times else ():
            found[node] = min(2, found.get(node, 0) + count * times)
    return found


class Graph:
    """Which character may follow which in what a pattern matches; 0 stands before them all."""

    def __init__(self, pattern: str) -> None:
        tree = parser.parse(pattern)
        self.chars = sorted({*re.sub(r"\\.", "", pattern), *(ELSE + "a1 ，,")})
        self.sets: list[frozenset[str]] = [frozenset()]
        self.follow: list[Ways] = [{}]
        self.atoms: list[frozenset[int]] = [frozenset()]  # what gives nothing back
        self._within: frozenset[int] = frozenset()
        self._seen: dict[str, frozenset[str]] = {}
        self._link({0: 1}, self._row(tree).first)

    def _node(self, kind: Any, value: Any) -> Part:
        key = f"{kind}{value}"
        if key not in self._seen:
            self._seen[key] = frozenset(c for c in self.chars if _is_in(kind, value, c))
        self.sets.append(self._seen[key])
        self.follow.append({})
        self.atoms.append(self._within)
        return Part({len(self.sets) - 1: 1}, {len(self.sets) - 1: 1}, 0)

    def _link(self, last: Ways, first: Ways) -> None:
        for node, ways in last.items():
            self.follow[node] = _sum((self.follow[node], 1), (first, ways))

    def _then(self, one: Part, other: Part) -> Part:
        self._link(one.last, other.first)
        first = _sum((one.first, 1), (other.first, one.empty))
        last = _sum((other.last, 1), (one.last, other.empty))
        return Part(first, last, min(2, one.empty * other.empty))

    def _row(self, tree: Iterable[tuple[Any, Any]]) -> Part:
        whole = EMPTY
        for kind, value in tree:
            whole = self._then(whole, self._part(kind, value))
        return whole

    def _part(self, kind: Any, value: Any) -> Part:
        if kind in SINGLE:
            return self._node(kind, value)
        if kind is op.SUBPATTERN:
            return self._row(value[3])
        if kind is op.BRANCH:
            parts = [self._row(branch) for branch in value[1]]
            first = _sum(*((part.first, 1) for part in parts))
            last = _sum(*((part.last, 1) for part in parts))
            return Part(first, last, min(2, sum(part.empty for part in parts)))
        if kind is op.ATOMIC_GROUP or kind is op.POSSESSIVE_REPEAT:
            outside, self._within = self._within, self._within | {len(self.sets)}
            inner = self._row(value) if kind is op.ATOMIC_GROUP else self._loop(*value)
            self._within = outside
            return inner._replace(empty=min(1, inner.empty))
        return self._loop(*value) if kind in LOOPS else EMPTY

    def _loop(self, least: int, most: Any, body: Any) -> Part:
        if most is op.MAXREPEAT or most > UNROLLED:
            parts = [self._row(body) for _ in range(max(1, min(least, UNROLLED)))]
            tail = parts.pop()
            self._link(tail.last, tail.first)
            whole = tail._replace(empty=min(1, tail.empty) if least else 1)
        else:
            parts, whole = [self._row(body) for _ in range(most)], EMPTY
        for at in range(len(parts) - 1, -1, -1):
            whole = self._then(parts[at], whole)
            whole = whole if at < least else whole._replace(empty=1)
        return whole

    def together(self, pair: Pair, within: set[int]) -> Iterator[Pair]:
        """Where two walks may go with one and the same character."""
        for one in self.follow[pair[0]].keys() & within:
            for other in self.follow[pair[1]].keys() & within:
                parted = one != other and self.atoms[one] & self.atoms[other]
                if not parted and self.sets[one] & self.sets[other]:
                    yield one, other

    def spelt(self, walk: Iterable[Pair]) -> str:
        return "".join(max(self.sets[one] & self.sets[other]) for one, other in walk)


def _circles(  # noqa: C901  one walk, with its stack kept by hand
    nodes: Iterable[Any], follow: Callable[[Any], Iterable[Any]]
) -> list[set[Any]]:
    """The strongly connected parts of a graph that hold an edge (Tarjan)."""
    order: dict[Any, int] = {}
    low: dict[Any, int] = {}
    stack: list[Any] = []
    found: list[set[Any]] = []
    for root in nodes:
        if root in order:
            continue
        order[root] = low[root] = len(order)
        stack.append(root)
        waiting = [(root, iter(follow(root)))]
        while waiting:
            node, rest = waiting[-1]
            for after in rest:
                if after not in order:
                    order[after] = low[after] = len(order)
                    stack.append(after)
                    waiting.append((after, iter(follow(after))))
                    break
                if after in low:
                    low[node] = min(low[node], order[after])
            else:
                waiting.pop()
                if waiting:
                    low[waiting[-1][0]] = min(low[waiting[-1][0]], low[node])
                if low[node] == order[node]:
                    at = stack.index(node)
                    circle, stack[at:] = set(stack[at:]), []
                    if len(circle) > 1 or node in follow(node):
                        found.append(circle)
                    for member in circle:
                        del low[member]
    return found


def _walk(start: Any, ends: Callable[[Any], bool], follow: Callable[[Any], Any]) -> list[Any]:
    """The shortest walk to such a node, the start left out."""
    came: dict[Any, Any] = {}
    waiting = deque([start])
    while waiting:
        node = waiting.popleft()
        for after in follow(node):
            if after in came:
                continue
            came[after] = node
            if ends(after):
                walk = [after]
                while came[walk[-1]] != start:
                    walk.append(came[walk[-1]])
                return walk[::-1]
            waiting.append(after)
    raise AssertionError("no way there")


def cut_in_two_ways(pattern: str) -> set[tuple[str, str]]:
    """What leads into a loop, and a text that can be cut in two ways within it."""
    graph = Graph(pattern)
    found: set[tuple[str, str]] = set()
    for circle in _circles(range(len(graph.sets)), lambda node: graph.follow[node].keys()):

        def both(pair: Pair, circle: set[int] = circle) -> list[Pair]:
            return list(graph.together(pair, circle))

        for pairs in _circles([(node, node) for node in circle], both):
            found |= set(_witnesses(graph, pairs, both))
    return found


def _witnesses(
    graph: Graph, pairs: set[Pair], both: Callable[[Pair], list[Pair]]
) -> Iterator[tuple[str, str]]:
    met = {pair for pair in pairs if pair[0] == pair[1]}
    if not met:
        return
    twice = {
        a for a, _ in met for b, ways in graph.follow[a].items() if ways > 1 and (b, b) in met
    }
    parted = sorted(pairs - met) + [(node, node) for node in sorted(twice)]

    def inside(pair: Pair) -> Iterator[Pair]:
        return (after for after in both(pair) if after in pairs)

    for pair in parted[:WITNESSES]:
        back = _walk(pair, met.__contains__, inside)
        round_ = back if back[-1] == pair else _walk(back[-1], pair.__eq__, inside) + back
        node = round_[-1][0]
        way = _walk(0, node.__eq__, graph.follow.__getitem__)
        yield graph.spelt((at, at) for at in way), graph.spelt(round_)

"""Where an expression is evaluated: what its literals, tags and variables stand for.

Knows teams and matches only by asking.

Tags and variables are definitions: expressions with a name. Their values are kept until `refresh`. A definition that
runs into itself sees itself unresolved; what was worked out on the way is then kept only until the outermost one is
done, because asked for on its own it may well have a value (spec ass.md §8). Prerequisites are worked out first, so
that chains cost no stack.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Protocol

from arctos_desk.ass.budget import DEFAULT, Budget
from arctos_desk.ass.errors import Trouble, nearest
from arctos_desk.ass.literals import team_text
from arctos_desk.ass.reader import is_name, read
from arctos_desk.ass.values import Datum, Match, Team, Unbound, UnresolvedMatch, UnresolvedTeam
from arctos_desk.ass.walk import mentions
from arctos_desk.ass.words import Vocabulary

if TYPE_CHECKING:
    from arctos_desk.ass.evaluator import Run

NESTING: Final = 16
"""Definitions that may be under way within each other; only cycles get that far."""

Key = tuple[str, str]
"""("tag" or "variable", name)"""


@dataclass(frozen=True, slots=True)
class TagEntry:
    """A tag as stated: an assigned team (an override, even when no such team is known) or an expression."""

    team: str | None = None
    expression: str = ""


class Ground(Protocol):
    """What the world outside must answer. Names come without brackets, exactly as wanted."""

    def team(self, name: str, /) -> Team | None:
        """The team with exactly this id."""

    def match(self, name: str, /) -> Match | None:
        """The match with exactly this name."""

    def outcome(self, kind: str, match: Match, /) -> Datum:
        """Who won or lost it: `kind` is winner or loser; an unresolved team while it is undecided."""

    def tag(self, name: str, /) -> TagEntry | None: ...

    def variables(self) -> Iterable[tuple[str, str]]:
        """Names and expressions, in stored order."""

    def team_names(self) -> Iterable[str]: ...

    def match_names(self) -> Iterable[str]: ...

    def tag_names(self) -> Iterable[str]: ...

    def refresh(self) -> None:
        """Forget what was worked out from facts that may have changed."""


class FreeNames(dict[str, Datum]):
    """The names that an expression does not bind itself; variables are worked out when first asked for."""

    __slots__ = ("world",)

    def __init__(self, world: World, bindings: Mapping[str, Datum] | None = None) -> None:
        super().__init__(bindings or {})
        self.world = world

    def __missing__(self, name: str) -> Datum:
        value = self.world.variable(name)
        if self.world.is_final(name):
            self[name] = value
        return value


class World:
    """One ground with its vocabulary, and what was worked out on it. Not for two threads at once."""

    __slots__ = (
        "_cyclic",
        "_done",
        "_expressions",
        "_low",
        "_matches",
        "_passing",
        "_under_way",
        "budget",
        "ground",
        "names",
        "teams",
        "vocabulary",
    )

    def __init__(self, ground: Ground, vocabulary: Vocabulary, budget: Budget = DEFAULT) -> None:
        self.ground = ground
        self.vocabulary = vocabulary
        self.budget = budget
        self.names = FreeNames(self)
        self.teams: dict[str, Team] = {}
        self._matches: dict[str, Match] = {}
        self._done: dict[Key, Datum] = {}
        self._passing: dict[Key, Datum] = {}
        self._under_way: list[Key] = []
        self._low: list[int] = []
        self._expressions: dict[str, str] | None = None
        self._cyclic: frozenset[str] = frozenset()

    def refresh(self) -> None:
        """Facts changed: forget tags, variables and statistics. Teams and matches stay who they are."""
        self._done.clear()
        self._passing.clear()
        self.names.clear()
        self.ground.refresh()

    # literals

    def match(self, text: str) -> Datum:
        """What `{text}` stands for."""
        found = self._matches.get(text)
        if found is None:
            found = self._find_match(text)
            if found is None:
                return UnresolvedMatch(text)
        return found

    def _find_match(self, text: str) -> Match | None:
        found = self._matches.get(text) or self.ground.match(text) or self.ground.match(text.strip())
        if found is not None:
            self._matches[text] = found
        return found

    def team(self, text: str, run: Run) -> Datum:
        """What `[text]` stands for. Raises Trouble for unknown matches and tags, and for malformed text."""
        del run
        known = self.teams.get(text)
        if known is not None:
            return known
        kind, name = team_text(text)
        if kind == "team":
            team = self.ground.team(name) or self.ground.team(name.strip())
            if team is None:
                return UnresolvedTeam(text)
            self.teams[text] = team
            return team
        if kind == "tag":
            return self.tag(name)
        if kind:
            match = self._find_match(name)
            if match is None:
                raise Trouble("UNKNOWN_MATCH", nearest(name.strip(), self.ground.match_names()), name=name.strip())
            return self.ground.outcome(kind, match)
        raise Trouble("BAD_TEAM_LITERAL", text=text)

    def tag(self, name: str) -> Datum:
        """The team a tag stands for, or an unresolved team. Raises Trouble when there is no such tag."""
        for each in (name, name.strip()):
            if self.ground.tag(each) is not None:
                return self._definition(("tag", each))
        raise Trouble("UNKNOWN_TAG", nearest(name.strip(), self.ground.tag_names()), name=name.strip())

    # definitions

    def variable(self, name: str) -> Datum:
        """What a free name stands for; unbound when no variable has that name, or it has no value."""
        expressions = self._variables()
        if name not in expressions or name in self._cyclic:
            return Unbound(name)
        return self._definition(("variable", name))

    def is_final(self, name: str) -> bool:
        """Whether the variable's value will stay until the next refresh."""
        return ("variable", name) in self._done

    def variable_values(self) -> dict[str, Datum]:
        """Every variable that has a value, in stored order."""
        found = {name: self.variable(name) for name in self._variables()}
        return {name: value for name, value in found.items() if value != Unbound(name)}

    def _variables(self) -> dict[str, str]:
        if self._expressions is None:
            reserved = self.vocabulary.is_reserved
            stored = {n: text for n, text in self.ground.variables() if is_name(n) and not reserved(n)}
            self._cyclic = cyclic_variables(stored)
            self._expressions = stored
        return self._expressions

    def _expression(self, key: Key) -> str:
        kind, name = key
        if kind == "variable":
            return self._variables().get(name, "")
        entry = self.ground.tag(name)
        return entry.expression if entry is not None and entry.team is None else ""

    def _needs(self, key: Key) -> list[Key]:
        """The definitions that an expression mentions."""
        form = read(self._expression(key), _title(key)).form
        if form is None:
            return []
        found = mentions(form)
        variables = self._variables()
        needed: list[Key] = [("variable", n) for n in sorted(found.names) if n in variables and n not in self._cyclic]
        for text in sorted(found.teams):
            kind, name = team_text(text)
            if kind == "tag":
                for each in (name, name.strip()):
                    if self.ground.tag(each) is not None:
                        needed.append(("tag", each))
                        break
        return needed

    def _definition(self, key: Key) -> Datum:
        if key in self._done:
            return self._done[key]
        if key in self._passing:
            self._saw(-1)
            return self._passing[key]
        if key in self._under_way:
            self._saw(self._under_way.index(key))
            return _nothing(key)
        if len(self._under_way) >= NESTING:
            self._saw(-1)
            return _nothing(key)
        for needed in self._in_order(key):
            if needed not in self._done and needed not in self._passing and needed not in self._under_way:
                self._work_out(needed)
        if key in self._done:
            return self._done[key]
        if key in self._passing:
            self._saw(-1)
            return self._passing[key]
        return self._work_out(key)

    def _saw(self, index: int) -> None:
        """The definition now under way has seen one that has no final value."""
        if self._low:
            self._low[-1] = min(self._low[-1], index)

    def _in_order(self, key: Key) -> list[Key]:
        """What the definition needs, each after what it needs itself; the definition is not among them."""
        order: list[Key] = []
        seen = {key}
        stack = [(key, iter(self._needs(key)))]
        while stack:
            here, needs = stack[-1]
            for needed in needs:
                if needed not in seen and needed not in self._done and needed not in self._passing:
                    seen.add(needed)
                    stack.append((needed, iter(self._needs(needed))))
                    break
            else:
                stack.pop()
                if here != key:
                    order.append(here)
        return order

    def _work_out(self, key: Key) -> Datum:
        from arctos_desk.ass.evaluator import Value, evaluate_text

        own = len(self._under_way)
        self._under_way.append(key)
        self._low.append(own)
        try:
            value = self._stated(key)
            if value is None:
                outcome = evaluate_text(self._expression(key), self, title=_title(key), budget=self.budget)
                if key[0] == "tag":
                    found = outcome.value if isinstance(outcome, Value) else None
                    value = found if isinstance(found, Team) else _nothing(key)
                else:
                    value = outcome.datum_or(Unbound(key[1]))
        finally:
            self._under_way.pop()
            low = self._low.pop()
        if low >= own:
            self._done[key] = value
        else:
            self._passing[key] = value
            self._saw(low)
        if not self._under_way:
            self._passing.clear()
        return value

    def _stated(self, key: Key) -> Datum:
        """The team a person assigned to a tag, known or not; None when the expression decides."""
        if key[0] != "tag":
            return None
        entry = self.ground.tag(key[1])
        if entry is None or entry.team is None:
            return None
        return self.ground.team(entry.team) or _nothing(key)


def _nothing(key: Key) -> Datum:
    """A definition without a value."""
    return UnresolvedTeam(f"tag::{key[1]}") if key[0] == "tag" else Unbound(key[1])


def _title(key: Key) -> str:
    return f"{key[0]} {key[1]}"


def cyclic_variables(expressions: Mapping[str, str]) -> frozenset[str]:
    """The variables that need themselves, directly or through others. Being mentioned is enough."""
    needs: dict[str, tuple[str, ...]] = {}
    for name, text in expressions.items():
        form = read(text, _title(("variable", name))).form
        found = mentions(form).names if form is not None else frozenset()
        needs[name] = tuple(sorted(found & expressions.keys()))
    return frozenset(name for group in _cycles(needs) for name in group)


def _cycles(needs: Mapping[str, tuple[str, ...]]) -> list[list[str]]:
    """Strongly connected groups of more than one member, or of one that needs itself (Tarjan 1972, without
    recursion).
    """
    number: dict[str, int] = {}
    low: dict[str, int] = {}
    waiting: list[str] = []
    on_stack: set[str] = set()
    found: list[list[str]] = []
    for root in needs:
        if root in number:
            continue
        work = [(root, iter(needs[root]))]
        number[root] = low[root] = len(number)
        waiting.append(root)
        on_stack.add(root)
        while work:
            here, following = work[-1]
            for needed in following:
                if needed not in number:
                    number[needed] = low[needed] = len(number)
                    waiting.append(needed)
                    on_stack.add(needed)
                    work.append((needed, iter(needs[needed])))
                    break
                if needed in on_stack:
                    low[here] = min(low[here], number[needed])
            else:
                work.pop()
                if work:
                    above = work[-1][0]
                    low[above] = min(low[above], low[here])
                if low[here] == number[here]:
                    group: list[str] = []
                    while True:
                        member = waiting.pop()
                        on_stack.discard(member)
                        group.append(member)
                        if member == here:
                            break
                    if len(group) > 1 or here in needs[here]:
                        found.append(sorted(group))
    return found

"""The doors of the language: compile an expression once, evaluate it in a world, and say what came out.

An outcome is a value, something unresolved (with what is left of it), or errors; never a Python exception.
Looks nothing up itself: the world does.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final, TypeAlias

from arctos_desk.ass import types
from arctos_desk.ass.budget import DEFAULT, Budget
from arctos_desk.ass.compiler import TOP, TooDeepToBeQuick, Unit, ready
from arctos_desk.ass.errors import ScriptError, ScriptFault, Trouble
from arctos_desk.ass.machine import run_machine
from arctos_desk.ass.reader import Program, read
from arctos_desk.ass.values import RESOLVED_CLASSES, Code, Datum, Residual, Types
from arctos_desk.ass.words import Vocabulary
from arctos_desk.ass.world import FreeNames, World


class Run:
    """One evaluation under way: its world and what is left of its budget. `depth` counts the frames of closures."""

    __slots__ = ("bits", "budget", "depth", "steps", "teams", "world")

    def __init__(self, world: World, budget: Budget) -> None:
        self.world = world
        self.teams = world.teams
        self.budget = budget
        self.steps = budget.steps
        self.bits = budget.bits
        self.depth = 0

    def spend(self, steps: int) -> None:
        """Use steps for list cells; raises Trouble when none are left."""
        self.steps -= steps
        if self.steps < 0:
            raise Trouble("STEPS", limit=self.budget.steps)

    def copied(self, length: int) -> None:
        """A list of this length was made by copying, which is cheap, but not free."""
        if length > self.budget.list_length:
            raise Trouble("LIST_LENGTH", limit=self.budget.list_length)
        self.spend(length >> 3)

    def known_names(self, vocabulary: Vocabulary | None = None) -> Iterable[str]:
        """Names that could have been meant, for suggestions."""
        words = vocabulary if vocabulary is not None else self.world.vocabulary
        return [*words.names(), *(name for name, _ in self.world.ground.variables())]


@dataclass(frozen=True, slots=True)
class Value:
    """Fully evaluated."""

    value: Datum

    @property
    def types(self) -> Types:
        return types.types_of(self.value)

    def datum_or(self, otherwise: Datum) -> Datum:
        del otherwise
        return self.value


@dataclass(frozen=True, slots=True)
class Unresolved:
    """Evaluation stopped at something not known yet; `residual` is what is left, or a list that holds unknowns."""

    residual: Datum

    @property
    def types(self) -> Types:
        return types.types_of(self.residual)

    def datum_or(self, otherwise: Datum) -> Datum:
        del otherwise
        return self.residual


@dataclass(frozen=True, slots=True)
class Failure:
    """Errors with their places; the text could not be read, or it could not be carried out."""

    errors: tuple[ScriptError, ...]

    @property
    def types(self) -> Types:
        return types.NOTHING

    def datum_or(self, otherwise: Datum) -> Datum:
        return otherwise


Outcome: TypeAlias = Value | Unresolved | Failure


@dataclass(frozen=True, slots=True, eq=False)
class Compiled:
    """An expression made ready for one vocabulary. Without code it is evaluated by the machine."""

    program: Program
    unit: Unit
    code: Code | None


_YES: Final = Value(value=True)
_NO: Final = Value(value=False)

_KEPT: Final = 4096
"""Compiled expressions of one vocabulary."""


def compile_program(program: Program, vocabulary: Vocabulary) -> Compiled:
    """Make an expression ready; the same program is never compiled twice for the same vocabulary."""
    kept = vocabulary.compiled
    found = kept.get(program)
    if found is None:
        unit = Unit(program.source, vocabulary)
        code = None
        if program.form is not None:
            try:
                code = ready(program.form, TOP, unit)
            except RecursionError:  # called from deep within Python's stack: the machine needs almost none
                code = None
        found = Compiled(program, unit, code)
        if len(kept) >= _KEPT:
            kept.clear()
        kept[program] = found
    return found


def evaluate(
    compiled: Compiled, world: World, bindings: Mapping[str, Datum] | None = None, budget: Budget = DEFAULT
) -> Outcome:
    """Evaluate in a world. Bindings come before variables, never before the words of the language."""
    form = compiled.program.form
    if form is None:
        return Failure(compiled.program.errors)
    names = world.names if not bindings else FreeNames(world, bindings)
    run = Run(world, budget)
    unit = compiled.unit
    try:
        value: Datum
        try:
            if compiled.code is None:
                raise TooDeepToBeQuick
            value = compiled.code.run((names,), run)
        except (TooDeepToBeQuick, RecursionError):
            # Nothing has happened yet: scripts have no effects. The machine starts afresh.
            value = run_machine(form, TOP, (names,), Run(world, budget), unit)
        if value is True:
            return _YES
        if value is False:
            return _NO
        if type(value) in _SINGLE:
            return Value(value)
        is_open, parts = survey(value, budget.result_size)
    except ScriptFault as wrong:
        return Failure((wrong.error,))
    if parts > budget.result_size:
        return Failure(
            (ScriptError("RESULT_SIZE", (("limit", budget.result_size),), form.span, "", compiled.program.source),)
        )
    return Unresolved(value) if is_open else Value(value)


_SINGLE: Final = RESOLVED_CLASSES - {tuple}


def evaluate_text(
    text: str,
    world: World,
    bindings: Mapping[str, Datum] | None = None,
    budget: Budget = DEFAULT,
    title: str = "",
) -> Outcome:
    """Read, compile (both only once per text) and evaluate."""
    return evaluate(compile_program(read(text, title), world.vocabulary), world, bindings, budget)


def truth(outcome: Outcome) -> bool:
    """Whether a skip condition skips: exactly true does, everything else does not."""
    return isinstance(outcome, Value) and outcome.value is True


def survey(value: Datum, limit: int) -> tuple[bool, int]:
    """Whether something in a value is unknown, and how many parts it has when written out (more than the limit: stop
    counting).

    Lists may share their parts, so a small value can be endless to write; each shared part is counted once per use.
    """
    is_open = False
    weights: dict[int, int] = {}
    todo: list[tuple[Datum, bool]] = [(value, False)]
    while todo:
        here, measured = todo.pop()
        if isinstance(here, tuple):
            parts: tuple[Datum, ...] = here
        elif isinstance(here, Residual):
            is_open = True
            parts = here.args
        else:
            is_open = is_open or type(here) not in RESOLVED_CLASSES
            continue
        if measured:
            weights[id(here)] = 1 + sum(weights.get(id(part), 1) for part in parts)
        elif id(here) not in weights:
            weights[id(here)] = 1
            todo.append((here, True))
            todo += [(part, False) for part in parts]
    weight = weights.get(id(value), 1)
    return is_open, min(weight, limit + 1)

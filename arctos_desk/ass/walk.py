"""Facts about forms that several modules need: where a name stands, and the shape of the special forms.

Evaluates nothing.

One place decides what a well-formed `let`, `lambda` and `cond` is, so that evaluator, checker and dependencies agree.
"""

from __future__ import annotations

from collections.abc import Callable

from arctos_desk.ass.errors import ScriptFault, fault
from arctos_desk.ass.forms import CONSTANTS, SPECIAL, Form, ListForm, NameForm, QuoteForm, TeamForm
from arctos_desk.ass.source import Source

Reserved = Callable[[str], bool]

OPERANDS = {"quote": (1, "1"), "lambda": (2, "2"), "let": (2, "2"), "if": (3, "3")}


def special_head(form: ListForm) -> str:
    """The special form that the list is by its first name; empty for a call."""
    head = form.items[0] if form.items else None
    return head.name if isinstance(head, NameForm) and head.name in SPECIAL else ""


def let_parts(form: ListForm) -> tuple[tuple[tuple[NameForm, Form], ...], Form] | None:
    """Bindings and body of a `let` that is written as one; None when it is not. Names are not judged."""
    if len(form.items) != 3 or not isinstance(form.items[1], ListForm):
        return None
    pairs: list[tuple[NameForm, Form]] = []
    for binding in form.items[1].items:
        if not isinstance(binding, ListForm) or len(binding.items) != 2 or not isinstance(binding.items[0], NameForm):
            return None
        pairs.append((binding.items[0], binding.items[1]))
    return tuple(pairs), form.items[2]


def lambda_parts(form: ListForm) -> tuple[tuple[NameForm, ...], Form] | None:
    """Parameters and body of a `lambda` that is written as one; None when it is not. Names are not judged."""
    if len(form.items) != 3 or not isinstance(form.items[1], ListForm):
        return None
    names: list[NameForm] = []
    for each in form.items[1].items:
        if not isinstance(each, NameForm):
            return None
        names.append(each)
    return tuple(names), form.items[2]


def clause_parts(clause: Form) -> tuple[Form, Form] | None:
    """Condition and result of a clause of `cond`; None when it is none."""
    if isinstance(clause, ListForm) and len(clause.items) == 2:
        return clause.items[0], clause.items[1]
    return None


def form_fault(form: ListForm, name: str, source: Source, reserved: Reserved) -> ScriptFault | None:
    """What is wrong with how `quote`, `if`, `let` or `lambda` is written; None when nothing is.

    Clauses are checked one by one.
    """
    count, expected = OPERANDS.get(name, (-1, ""))
    if count >= 0 and len(form.items) - 1 != count:
        return fault("FORM_ARITY", form.span, source, form=name, expected=expected, count=len(form.items) - 1)
    if name == "let":
        return _let_fault(form, source, reserved)
    if name == "lambda":
        return _lambda_fault(form, source, reserved)
    return None


def _let_fault(form: ListForm, source: Source, reserved: Reserved) -> ScriptFault | None:
    bindings = form.items[1]
    if not isinstance(bindings, ListForm):
        return fault("LET_SHAPE", bindings.span, source)
    names: list[NameForm] = []
    for binding in bindings.items:
        if not isinstance(binding, ListForm) or len(binding.items) != 2 or not isinstance(binding.items[0], NameForm):
            return fault("BINDING_SHAPE", binding.span, source)
        names.append(binding.items[0])
    return _names_fault(names, source, reserved)


def _lambda_fault(form: ListForm, source: Source, reserved: Reserved) -> ScriptFault | None:
    parameters = form.items[1]
    if not isinstance(parameters, ListForm):
        return fault("PARAMETERS_SHAPE", parameters.span, source)
    names: list[NameForm] = []
    for each in parameters.items:
        if not isinstance(each, NameForm):
            return fault("PARAMETER_SHAPE", each.span, source)
        names.append(each)
    if len(names) == 1 and names[0].name.startswith("*") and len(names[0].name) > 1:
        return fault("REST_PARAMETER", names[0].span, source, name=names[0].name)
    return _names_fault(names, source, reserved)


def _names_fault(names: list[NameForm], source: Source, reserved: Reserved) -> ScriptFault | None:
    seen: set[str] = set()
    for each in names:
        if reserved(each.name):
            return fault("RESERVED_NAME", each.span, source, name=each.name)
        if each.name in seen:
            return fault("DUPLICATE_NAME", each.span, source, name=each.name)
        seen.add(each.name)
    return None


class Mentions:
    """Which free names and which team literals an expression mentions outside of what it binds itself."""

    __slots__ = ("names", "teams")

    def __init__(self, names: frozenset[str], teams: frozenset[str]) -> None:
        self.names = names
        self.teams = teams


def mentions(form: Form) -> Mentions:
    """Free names (not constants or special forms, not quoted) and texts of team literals, in linear time."""
    names: set[str] = set()
    teams: set[str] = set()
    stack: list[tuple[Form, frozenset[str], bool]] = [(form, frozenset(), False)]
    while stack:
        here, bound, quoted = stack.pop()
        if isinstance(here, NameForm):
            if not quoted and here.name not in bound and here.name not in CONSTANTS and here.name not in SPECIAL:
                names.add(here.name)
        elif isinstance(here, TeamForm):
            teams.add(here.text)
        elif isinstance(here, QuoteForm):
            stack.append((here.form, bound, True))
        elif isinstance(here, ListForm):
            stack.extend(_parts(here, bound, quoted))
    return Mentions(frozenset(names), frozenset(teams))


def free_names(form: Form) -> list[tuple[NameForm, frozenset[str]]]:
    """Each free name where it stands, as `mentions` finds them, and the names bound around it; in no order."""
    found: list[tuple[NameForm, frozenset[str]]] = []
    stack: list[tuple[Form, frozenset[str], bool]] = [(form, frozenset(), False)]
    while stack:
        here, bound, quoted = stack.pop()
        if isinstance(here, NameForm):
            if not quoted and here.name not in bound and here.name not in CONSTANTS and here.name not in SPECIAL:
                found.append((here, bound))
        elif isinstance(here, QuoteForm):
            stack.append((here.form, bound, True))
        elif isinstance(here, ListForm):
            stack.extend(_parts(here, bound, quoted))
    return found


def _parts(form: ListForm, bound: frozenset[str], quoted: bool) -> list[tuple[Form, frozenset[str], bool]]:
    """The parts of a list with the names bound in each."""
    if quoted:
        return [(item, bound, True) for item in form.items]
    special = special_head(form)
    if special == "quote":
        return [(item, bound, True) for item in form.items[1:]]
    if special == "let":
        parts = let_parts(form)
        if parts is not None:
            found: list[tuple[Form, frozenset[str], bool]] = []
            for name, value in parts[0]:
                found.append((value, bound, False))
                bound = bound | {name.name}
            return [*found, (parts[1], bound, False)]
    if special == "lambda":
        function = lambda_parts(form)
        if function is not None:
            return [(function[1], bound | {name.name for name in function[0]}, False)]
    if special == "cond":
        clauses: list[tuple[Form, frozenset[str], bool]] = []
        for clause in form.items[1:]:
            pair = clause_parts(clause)
            clauses += [(part, bound, False) for part in pair] if pair else [(clause, bound, False)]
        return clauses
    return [(item, bound, False) for item in form.items]

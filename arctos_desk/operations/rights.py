"""Who may do what, by the interim rule: in which role somebody acts, and what stays with the organiser.

The rule about starting a match is in `why_not_start`. Knows no PINs: whoever asks "who are you?" has asked for them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from arctos_desk.operations.acting import Acting
from arctos_desk.operations.state import State, as_if_written
from arctos_desk.tournament.ids import id_of, kind_of, ref
from arctos_desk.tournament.kinds import Role, Stage
from arctos_desk.tournament.reasons import Problem
from arctos_desk.tournament.records import Event
from arctos_desk.tournament.registers import CLEAR, Json, Writes
from arctos_desk.tournament.words import Words, say

_OF_THE_RESULT: Final = frozenset({"result", "stage", "start", "archived"})
_OF_THE_SIDES: Final = frozenset({"team1", "team2"})
_SETTING_UP: Final[Mapping[str, frozenset[str]]] = {
    "event": frozenset(),
    "team": frozenset(),
    "player": frozenset(),
    "field": frozenset(),
    "mode": frozenset(),
    "penalty_type": frozenset(),
    "group": frozenset(),
    "tag": frozenset({"team"}),
    "variable": frozenset(),
}
"""What an organiser sets up, by kind of record, and the registers of it that every desk writes on the day."""


def why_not_act(state: State, acting: Acting) -> tuple[Problem, ...]:
    """Why nobody can act like this here; empty when they can.

    Everybody may sit at the desk, every other role must be held. Nobody ("") is the desk, and whatever they say only
    while the event knows no people at all, so that a first start works.
    """
    people = state.event.people
    if not people:
        return ()
    if not acting.person:
        if acting.role is Role.DESK:
            return ()
        return (_choose("NOBODY", say("Nobody has said who they are: this laptop acts as a desk only")),)
    person = people.get(acting.person)
    if person is None:
        return (_choose("PERSON_UNKNOWN", say("Whoever acts here is no longer among the people of this event")),)
    if acting.role is not Role.DESK and acting.role not in person.roles:
        name = state.name_of(person.id)
        return (_choose("ROLE_NOT_HELD", say("{name} does not have this role here", name=name)),)
    return ()


def why_not_write(state: State, writes: Writes, acting: Acting, *, going_back: bool = False) -> tuple[Problem, ...]:
    """What of these writes stays with an organiser; empty when this role may write them all.

    A field desk never overrules a confirmed result (sync.md, Decisions), whatever the command. What sets the event up
    is everybody's until somebody is its organiser. `going_back` is for undo and redo, where who played is part of the
    result.
    """
    if acting.role is Role.ORGANISER:
        return ()
    confirmed = _confirmed_touched(state, writes, _OF_THE_RESULT | (_OF_THE_SIDES if going_back else frozenset()))
    problems = [
        organiser_only(
            say("The result of {match} is confirmed; only an organiser changes it", match=_name_of(state, one)),
            about=ref("match", one),
        )
        for one in sorted(confirmed)
    ]
    if any(_confirms(values) for values in writes.values()):
        problems.append(organiser_only(say("Only an organiser confirms a result")))
    if has_organiser(state.event) and any(_sets_up(reference, values) for reference, values in writes.items()):
        problems.append(organiser_only(say("Only an organiser changes how this event is set up")))
    if _makes_organisers(state, writes):
        problems.append(organiser_only(say("Only an organiser makes somebody an organiser, or takes that away")))
    return tuple(problems)


def why_not_roster(event: Event, acting: Acting) -> tuple[Problem, ...]:
    """Why somebody cannot change teams and players: that is an organiser's, as soon as there is one."""
    if acting.role is Role.ORGANISER or not has_organiser(event):
        return ()
    return (organiser_only(say("Only an organiser changes teams and players")),)


def organiser_only(words: Words, *, about: str = "") -> Problem:
    """The refusal of what only an organiser may do."""
    return Problem("ORGANISER_ONLY", words, next_step=say("Choose an organiser under I am"), about=about)


def has_organiser(event: Event) -> bool:
    return bool(_organisers(event))


def _choose(code: str, words: Words) -> Problem:
    return Problem(code, words, next_step=say("Choose yourself and a role of yours under I am"))


def _confirmed_touched(state: State, writes: Writes, registers: frozenset[str]) -> Iterator[str]:
    """The confirmed matches whose result, or a point of whose, is written.

    One that somebody deleted at another desk is none the less confirmed; bringing it back overrules nothing.
    """
    found: set[str] = set()
    for reference, values in writes.items():
        match_id: Json = ""
        if kind_of(reference) == "match":
            there = id_of(reference) in state.event.matches
            touches = registers if there else registers - {"archived"}
            match_id = id_of(reference) if touches & values.keys() else ""
        elif kind_of(reference) == "point":
            point = state.event.points.get(id_of(reference))
            match_id = values.get("match", _held(state, reference, "match")) if point is None else point.match_id
        if isinstance(match_id, str) and match_id:
            found.add(match_id)
    for match_id in found:
        stage = _held(state, ref("match", match_id), "stage")
        if isinstance(stage, list) and stage[1] >= Stage.CONFIRMED:
            yield match_id


def _held(state: State, reference: str, register: str) -> Json:
    """What a register holds, also of a record that is archived; None when it holds nothing."""
    folded = state.folded.get(reference)
    held = None if folded is None else folded.registers.get(register)
    return None if held is None or held.value is CLEAR else held.value


def _name_of(state: State, match_id: str) -> str:
    name = _held(state, ref("match", match_id), "name")
    return name if isinstance(name, str) else ""


def _confirms(values: Mapping[str, Json]) -> bool:
    stage = values.get("stage", CLEAR)
    return stage is not CLEAR and bool(stage[1] >= Stage.CONFIRMED)


def _sets_up(reference: str, values: Mapping[str, Json]) -> bool:
    open_to_all = _SETTING_UP.get(kind_of(reference))
    return open_to_all is not None and not values.keys() <= open_to_all


def _makes_organisers(state: State, writes: Writes) -> bool:
    """Whether the circle of organisers would change although there are some already."""
    if not has_organiser(state.event):
        return False
    after = as_if_written(state, {one: values for one, values in writes.items() if kind_of(one) == "person"})
    return _organisers(after) != _organisers(state.event)


def _organisers(event: Event) -> set[str]:
    return {person.id for person in event.people.values() if Role.ORGANISER in person.roles}

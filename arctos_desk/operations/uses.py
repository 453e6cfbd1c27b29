"""Where the things that an organiser sets up are used: what stands against deleting them, and which scripts name them.

Finds and says; changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from arctos_desk.ass.naming import tag_places, team_places, variable_places
from arctos_desk.ass.source import Span
from arctos_desk.tournament.ids import ref
from arctos_desk.tournament.records import Event
from arctos_desk.tournament.tokens import TagSlot, TeamSlot
from arctos_desk.tournament.words import Words, say


@dataclass(frozen=True, slots=True, kw_only=True)
class Script:
    """A script where it stands: the register of a record. `owner` is the name of the match, tag or variable."""

    reference: str
    register: str
    kind: str
    owner: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Use:
    """One place that uses a record, in words; `about` is the record that has to be changed first."""

    words: Words
    about: str


def scripts_of(event: Event) -> Iterator[Script]:
    """Every script of an event: skip conditions, expressions of tags, expressions of variables."""
    for match in event.matches.values():
        if match.skip_condition:
            yield Script(
                reference=ref("match", match.id),
                register="skip_condition",
                kind="match",
                owner=match.name,
                text=match.skip_condition,
            )
    for kind, some in (("tag", event.tags), ("variable", event.variables)):
        for one in some.values():
            if one.expression:
                yield Script(
                    reference=ref(kind, one.id),
                    register="expression",
                    kind=kind,
                    owner=one.name,
                    text=one.expression,
                )


def uses_of_field(event: Event, field_id: str) -> tuple[Use, ...]:
    """Every row that stands on a field."""
    return tuple(
        Use(words=say("{match} is on this field", match=match.name), about=ref("match", match.id))
        for match in event.matches.values()
        if match.field_id == field_id
    )


def uses_of_team(event: Event, team_id: str) -> tuple[Use, ...]:
    """Every side, referee slot, tag and script that names a team; its players stand against nothing."""
    found: list[Use] = []
    slot = TeamSlot(team_id)
    for match in event.matches.values():
        about = ref("match", match.id)
        if slot in (match.team1, match.team2):
            found.append(Use(words=say("The team plays in {match}", match=match.name), about=about))
        if slot in match.referees:
            found.append(Use(words=say("The team is a referee of {match}", match=match.name), about=about))
    for tag in event.tags.values():
        if tag.team_id == team_id:
            found.append(Use(words=say("The tag {tag} stands for the team", tag=tag.name), about=ref("tag", tag.id)))
    team = event.teams.get(team_id)
    if team is not None:
        found += _naming(event, ref("team", team_id), lambda text: team_places(text, team.key))
    return tuple(found)


def uses_of_tag(event: Event, tag_id: str) -> tuple[Use, ...]:
    """Every side, referee slot and script that names a tag; what its own expression says of it does not count."""
    found: list[Use] = []
    for match in event.matches.values():
        about = ref("match", match.id)
        if any(isinstance(slot, TagSlot) and slot.tag_id == tag_id for slot in (match.team1, match.team2)):
            found.append(Use(words=say("{match} has it as a side", match=match.name), about=about))
        if any(isinstance(slot, TagSlot) and slot.tag_id == tag_id for slot in match.referees):
            found.append(Use(words=say("{match} has it as a referee", match=match.name), about=about))
    tag = event.tags.get(tag_id)
    if tag is not None:
        found += _naming(event, ref("tag", tag_id), lambda text: tag_places(text, tag.name))
    return tuple(found)


def uses_of_variable(event: Event, variable_id: str) -> tuple[Use, ...]:
    """Every script that names a variable."""
    variable = event.variables.get(variable_id)
    if variable is None:
        return ()
    return tuple(_naming(event, ref("variable", variable_id), lambda text: variable_places(text, variable.name)))


def uses_of_penalty_type(event: Event, penalty_type_id: str) -> tuple[Use, ...]:
    """Every note that states a penalty of a type (spec arctos.md §1.13); no record of an event carries one yet."""
    del event, penalty_type_id
    return ()


def _naming(event: Event, own: str, places: Callable[[str], tuple[Span, ...]]) -> Iterator[Use]:
    """The scripts other than its own in which a name stands."""
    for script in scripts_of(event):
        if script.reference != own and places(script.text):
            yield Use(words=_names_it(script), about=script.reference)


def _names_it(script: Script) -> Words:
    if script.kind == "match":
        return say("The skip condition of {match} names it", match=script.owner)
    if script.kind == "tag":
        return say("The expression of the tag {tag} names it", tag=script.owner)
    return say("The expression of the variable {variable} names it", variable=script.owner)

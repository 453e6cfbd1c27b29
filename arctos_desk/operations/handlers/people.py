"""Orders about who acts at the desks. Names and PINs go into person records, never into an operation."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from arctos_desk.operations import commands
from arctos_desk.operations.draft import Context, Draft, handles
from arctos_desk.operations.handlers.looking_up import one_line, refuse
from arctos_desk.operations.pins import hash_pin
from arctos_desk.operations.ports import PersonRecord
from arctos_desk.operations.rights import has_organiser, organiser_only
from arctos_desk.tournament.ids import ref
from arctos_desk.tournament.kinds import Role
from arctos_desk.tournament.reasons import Problem
from arctos_desk.tournament.records import Person
from arctos_desk.tournament.registers import Json, creation
from arctos_desk.tournament.words import say

_NAME_MOST: Final = 80


@handles(commands.AddPerson)
def add_person(command: commands.AddPerson, context: Context) -> Draft:
    person = Person(id=context.new_id(), roles=command.roles, rank=context.next_rank(context.event.people))
    record = PersonRecord(id=person.id, name=_name(context, command.name), pin_hash=_pin(command.pin, context))
    return Draft(
        kind="person.add",
        writes=creation(ref("person", person.id), person),
        label=say("Add a person"),
        value=person.id,
        people=(record,),
    )


@handles(commands.EditPerson)
def edit_person(command: commands.EditPerson, context: Context) -> Draft:
    person = context.event.people.get(command.person)
    if person is None:
        refuse(Problem("NOT_FOUND", say("This person is no longer there"), next_step=say("Look at who is here")))
    known = context.state.people.get(person.id, PersonRecord(id=person.id, name=""))
    record = known
    if command.name is not None and one_line(command.name, _NAME_MOST, "name") != record.name:
        record = replace(record, name=_name(context, command.name))
    if command.pin is not None:
        record = replace(record, pin_hash=_pin(command.pin, context))
    roles = person.roles if command.roles is None else command.roles
    if record == known and roles == person.roles:
        refuse(Problem("NOTHING_CHANGED", say("Nothing was changed")))
    if record != known and has_organiser(context.event) and person.id != context.acting.person:
        _only_an_organiser(context)
    writes: dict[str, dict[str, Json]] = {}
    if roles != person.roles:
        # written only when they change: a new name must not bring back a role that somebody takes away meanwhile
        writes[ref("person", person.id)] = {"roles": sorted(role.value for role in roles)}
    return Draft(
        kind="person.edit",
        writes=writes,
        label=say("Edit a person"),
        value=person.id,
        people=() if record == known else (record,),
        undoable=bool(writes),
    )


def _only_an_organiser(context: Context) -> None:
    """Names and PINs are their own people's; else anybody could become anybody."""
    if context.acting.role is not Role.ORGANISER:
        refuse(organiser_only(say("Only an organiser changes the name or the PIN of somebody else")))


def _name(context: Context, text: str) -> str:
    name = one_line(text, _NAME_MOST, "name")
    if not name:
        refuse(Problem("NAME_REQUIRED", say("Give the person a name"), place="name"))
    # players have person records too, and share names with whom they like
    if any(context.state.name_of(person) == name for person in context.event.people):
        refuse(Problem("NAME_TAKEN", say("{name} is there already", name=name), place="name"))
    return name


def _pin(text: str, context: Context) -> str:
    pin = text.strip()
    if not pin:
        return ""
    if not (pin.isascii() and pin.isdigit() and 4 <= len(pin) <= 12):
        refuse(Problem("PIN", say("A PIN has 4 to 12 digits"), place="pin"))
    return hash_pin(pin, context.chance(16))

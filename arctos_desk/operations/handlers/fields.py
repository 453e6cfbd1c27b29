"""Orders about pitches: their names and the addresses of their livestreams. Puts no match on them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final
from urllib.parse import urlsplit

from arctos_desk.operations import commands
from arctos_desk.operations.draft import Context, Draft, handles
from arctos_desk.operations.handlers.looking_up import changed, free_name, noting, refuse, refuse_any, refuse_used
from arctos_desk.operations.uses import uses_of_field
from arctos_desk.tournament.ids import ref
from arctos_desk.tournament.reasons import Problem
from arctos_desk.tournament.records import Field
from arctos_desk.tournament.registers import creation
from arctos_desk.tournament.words import say

CAMERAS_MOST: Final = 8
"""Livestream addresses of one field."""
ADDRESS_MOST: Final = 500
"""Characters of one address (spec arctos.md §1, string limits)."""


@handles(commands.AddField)
def add_field(command: commands.AddField, context: Context) -> Draft:
    problems: list[Problem] = []
    name = ""
    cameras: tuple[str, ...] = ()
    with noting(problems):
        name = free_name(command.name, _names(context))
    with noting(problems):
        cameras = _cameras(command.cameras)
    refuse_any(problems)
    field = Field(id=context.new_id(), name=name, cameras=cameras, rank=context.next_rank(context.event.fields))
    return Draft(
        kind="field.add",
        writes=creation(ref("field", field.id), field),
        label=say("Add the field {name}", name=name),
        value=field.id,
    )


@handles(commands.EditField)
def edit_field(command: commands.EditField, context: Context) -> Draft:
    before = _field_named(context, command.field)
    after = before
    problems: list[Problem] = []
    if command.name is not None:
        with noting(problems):
            after = replace(after, name=free_name(command.name, _names(context, but=before)))
    if command.cameras is not None:
        with noting(problems):
            after = replace(after, cameras=_cameras(command.cameras))
    refuse_any(problems)
    writes = changed(before, after)
    renamed = "name" in writes
    return Draft(
        kind="field.edit",
        writes={ref("field", before.id): writes},
        label=say("Rename the field {before} to {after}", before=before.name, after=after.name)
        if renamed
        else say("Change the livestreams of {name}", name=before.name),
        value=before.id,
    )


@handles(commands.DeleteField)
def delete_field(command: commands.DeleteField, context: Context) -> Draft:
    field = _field_named(context, command.field)
    refuse_used(uses_of_field(context.event, field.id), say("Move it to another field, or delete it, first"))
    return Draft(
        kind="field.delete",
        writes={ref("field", field.id): {"archived": True}},
        label=say("Delete the field {name}", name=field.name),
        value=field.id,
    )


def _field_named(context: Context, field_id: str) -> Field:
    field = context.event.fields.get(field_id)
    if field is None:
        refuse(Problem("NOT_FOUND", say("This field is no longer there"), next_step=say("Look at the fields")))
    return field


def _names(context: Context, but: Field | None = None) -> set[str]:
    return {field.name for field in context.event.fields.values() if field is not but}


def _cameras(addresses: Sequence[str]) -> tuple[str, ...]:
    """The addresses in their order, each once. Raises Refused with every objection."""
    problems: list[Problem] = []
    found = tuple(dict.fromkeys(address.strip() for address in addresses if address.strip()))
    if len(found) > CAMERAS_MOST:
        problems.append(
            Problem(
                "TOO_MANY",
                say("A field has at most {most} livestreams", most=CAMERAS_MOST),
                place="cameras",
                next_step=say("Leave some out"),
            )
        )
    problems += [problem for address in found if (problem := _objection(address)) is not None]
    refuse_any(problems)
    return found


def _objection(address: str) -> Problem | None:
    """Why nobody can be sent to this address; None when they can."""
    if len(address) > ADDRESS_MOST:
        return Problem(
            "TOO_LONG",
            say("An address has at most {most} characters, not {length}", most=ADDRESS_MOST, length=len(address)),
            place="cameras",
            next_step=say("Shorten it"),
        )
    try:
        parts = urlsplit(address)
        good = parts.scheme in ("http", "https") and bool(parts.hostname)
        secret = "@" in parts.netloc
        parts.port  # noqa: B018  # a bad port is told only when it is asked for
    except ValueError:
        good = secret = False
    if not good or any(letter.isspace() for letter in address):
        return Problem(
            "ADDRESS",
            say("{address} is no address of a livestream", address=address),
            place="cameras",
            next_step=say("Write it as the browser shows it, beginning with https://"),
        )
    if secret:
        return Problem(
            "ADDRESS_SECRET",
            say("The address at {host} carries a name or a password", host=parts.hostname or ""),
            place="cameras",
            next_step=say("Leave out what stands before the @: everybody can read this address"),
        )
    return None

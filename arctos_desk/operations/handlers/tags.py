"""Orders about tags and variables: names that scripts use, and the expressions behind them.

A new name is written into every script that names the old one, all else in it as it was typed. Saying by hand which
team a tag stands for is an order of the schedule's (`handlers.schedule`).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Final

from arctos_desk.ass import Span, is_name
from arctos_desk.ass.errors import SENTENCES
from arctos_desk.ass.naming import means_its_own, tag_places, variable_places, with_name
from arctos_desk.ass.types import TEAM
from arctos_desk.ass.world import cyclic_variables
from arctos_desk.operations import commands
from arctos_desk.operations.draft import Context, Draft, handles
from arctos_desk.operations.handlers.looking_up import (
    FORBIDDEN_IN_NAMES,
    changed,
    free_name,
    noting,
    refuse,
    refuse_any,
    refuse_used,
)
from arctos_desk.operations.handlers.script_checks import script_findings
from arctos_desk.operations.uses import Script, scripts_of, uses_of_tag, uses_of_variable
from arctos_desk.scheduling.ass_words import VOCABULARY
from arctos_desk.tournament.ids import ref
from arctos_desk.tournament.reasons import Finding, Problem
from arctos_desk.tournament.records import Event, Tag, Variable
from arctos_desk.tournament.registers import Json, apply, creation, merged
from arctos_desk.tournament.words import Words, say

_FORBIDDEN: Final = (*FORBIDDEN_IN_NAMES, "]")
"""What would end a tag's name inside a script or a schedule file."""


@handles(commands.AddTag)
def add_tag(command: commands.AddTag, context: Context) -> Draft:
    problems: list[Problem] = []
    name = ""
    with noting(problems):
        name = free_name(command.name, _tag_names(context.event), forbidden=_FORBIDDEN)
    tag = Tag(
        id=context.new_id(),
        name=name,
        expression=command.expression.strip(),
        rank=context.next_rank(context.event.tags),
    )
    writes = creation(ref("tag", tag.id), tag)
    findings = _of_tag(apply(context.event, writes), tag, problems)
    refuse_any(problems)
    return Draft(
        kind="tag.add",
        writes=writes,
        label=say("Add the tag {name}", name=name),
        value=tag.id,
        findings=findings,
    )


@handles(commands.EditTag)
def edit_tag(command: commands.EditTag, context: Context) -> Draft:
    before = context.event.tags.get(command.tag)
    if before is None:
        refuse(_gone(say("This tag is no longer there")))
    problems: list[Problem] = []
    after = before
    if command.name is not None:
        with noting(problems):
            taken = _tag_names(context.event) - {before.name}
            after = replace(after, name=free_name(command.name, taken, forbidden=_FORBIDDEN))
    scripts = _renamed(context.event, after.name, lambda text: tag_places(text, before.name))
    own = ref("tag", before.id)
    if command.expression is not None:
        scripts.pop(own, None)
        after = replace(after, expression=command.expression.strip())
    if after.name == before.name:
        scripts = {}
    event = apply(context.event, merged({own: {"name": after.name, "expression": after.expression}}, scripts))
    findings: tuple[Finding, ...] = ()
    if command.expression is not None:
        findings = _of_tag(event, after, problems)
    refuse_any(problems)
    writes = changed(before, after)
    return Draft(
        kind="tag.edit",
        writes=merged({own: writes}, scripts),
        label=say("Rename the tag {before} to {after}", before=before.name, after=after.name)
        if "name" in writes
        else say("Change the expression of the tag {name}", name=before.name),
        value=before.id,
        findings=findings,
    )


@handles(commands.DeleteTag)
def delete_tag(command: commands.DeleteTag, context: Context) -> Draft:
    tag = context.event.tags.get(command.tag)
    if tag is None:
        refuse(_gone(say("This tag is no longer there")))
    refuse_used(uses_of_tag(context.event, tag.id), say("Take the tag out there first"))
    return Draft(
        kind="tag.delete",
        writes={ref("tag", tag.id): {"archived": True}},
        label=say("Delete the tag {name}", name=tag.name),
        value=tag.id,
    )


@handles(commands.AddVariable)
def add_variable(command: commands.AddVariable, context: Context) -> Draft:
    problems: list[Problem] = []
    name = command.name.strip()
    problems += _name_problems(name, _variable_names(context.event))
    variable = Variable(
        id=context.new_id(),
        name=name,
        expression=command.expression.strip(),
        rank=context.next_rank(context.event.variables),
    )
    writes = creation(ref("variable", variable.id), variable)
    event = apply(context.event, writes)
    findings = _of_variable(event, variable, problems)
    problems += _cycle(context.event, event, variable.id)
    refuse_any(problems)
    return Draft(
        kind="variable.add",
        writes=writes,
        label=say("Add the variable {name}", name=name),
        value=variable.id,
        findings=findings,
    )


@handles(commands.EditVariable)
def edit_variable(command: commands.EditVariable, context: Context) -> Draft:
    before = context.event.variables.get(command.variable)
    if before is None:
        refuse(_gone(say("This variable is no longer there")))
    problems: list[Problem] = []
    after = before
    scripts: dict[str, dict[str, Json]] = {}
    own = ref("variable", before.id)
    if command.name is not None and command.name.strip() != before.name:
        after = replace(after, name=command.name.strip())
        problems += _name_problems(after.name, _variable_names(context.event) - {before.name})
        problems += [
            Problem(
                "NAME_BOUND",
                _bound_in(script, after.name),
                place="name",
                next_step=say("Choose another name, or another one in that script"),
                about=script.reference,
            )
            for script in scripts_of(context.event)
            if means_its_own(script.text, before.name, after.name)
        ]
        scripts = _renamed(context.event, after.name, lambda text: variable_places(text, before.name))
        scripts.pop(own, None)
    if command.expression is not None:
        after = replace(after, expression=command.expression.strip())
    event = apply(context.event, merged({own: {"name": after.name, "expression": after.expression}}, scripts))
    findings: tuple[Finding, ...] = ()
    if command.expression is not None:
        findings = _of_variable(event, after, problems)
    problems += _cycle(context.event, event, before.id)
    refuse_any(problems)
    writes = changed(before, after)
    return Draft(
        kind="variable.edit",
        writes=merged({own: writes}, scripts),
        label=say("Rename the variable {before} to {after}", before=before.name, after=after.name)
        if "name" in writes
        else say("Change the variable {name}", name=before.name),
        value=before.id,
        findings=findings,
    )


@handles(commands.DeleteVariable)
def delete_variable(command: commands.DeleteVariable, context: Context) -> Draft:
    variable = context.event.variables.get(command.variable)
    if variable is None:
        refuse(_gone(say("This variable is no longer there")))
    refuse_used(uses_of_variable(context.event, variable.id), say("Take the variable out there first"))
    return Draft(
        kind="variable.delete",
        writes={ref("variable", variable.id): {"archived": True}},
        label=say("Delete the variable {name}", name=variable.name),
        value=variable.id,
    )


def _gone(words: Words) -> Problem:
    return Problem("NOT_FOUND", words, next_step=say("Look at the scripts"))


def _tag_names(event: Event) -> set[str]:
    return {tag.name for tag in event.tags.values()}


def _variable_names(event: Event) -> set[str]:
    return {variable.name for variable in event.variables.values()}


def _renamed(event: Event, name: str, places: Callable[[str], Sequence[Span]]) -> dict[str, dict[str, Json]]:
    """Every script in which something is named, with the new name there."""
    return {
        script.reference: {script.register: with_name(script.text, found, name)}
        for script in scripts_of(event)
        if (found := places(script.text))
    }


def _name_problems(name: str, taken: set[str]) -> list[Problem]:
    """Why scripts cannot use a name for a variable."""
    problems: list[Problem] = []
    with noting(problems):
        free_name(name, taken, forbidden=())
    if name and VOCABULARY.is_reserved(name):
        problems.append(_sentence("RESERVED_NAME", name))
    elif name and not is_name(name):
        problems.append(_sentence("BAD_NAME", name))
    return problems


def _sentence(code: str, name: str) -> Problem:
    return Problem(code, Words(SENTENCES[code][1], (("name", name),)), place="name")


def _of_tag(event: Event, tag: Tag, problems: list[Problem]) -> tuple[Finding, ...]:
    """What is to be said of the expression of a tag: it gives a team; without one the tag is assigned by hand."""
    if not tag.expression:
        return ()
    about = ref("tag", tag.id)
    return script_findings(event, tag.expression, TEAM, place="expression", about=about, problems=problems)


def _of_variable(event: Event, variable: Variable, problems: list[Problem]) -> tuple[Finding, ...]:
    about = ref("variable", variable.id)
    return script_findings(event, variable.expression, None, place="expression", about=about, problems=problems)


def _cycle(before: Event, after: Event, variable_id: str) -> list[Problem]:
    """Why a variable would need itself, when it does not today."""
    was, now = _cyclic(before), _cyclic(after)
    if variable_id not in now or variable_id in was:
        return []
    names = ", ".join(sorted(after.variables[one].name for one in now - was))
    return [Problem("VARIABLE_CYCLE", Words(SENTENCES["VARIABLE_CYCLE"][1], (("names", names),)), place="expression")]


def _cyclic(event: Event) -> set[str]:
    """The ids of the variables that need themselves."""
    found = cyclic_variables({one.name: one.expression for one in event.variables.values()})
    return {one.id for one in event.variables.values() if one.name in found}


def _bound_in(script: Script, name: str) -> Words:
    if script.kind == "match":
        return say("In the skip condition of {match} “{name}” means something else", match=script.owner, name=name)
    if script.kind == "tag":
        return say("In the expression of the tag {tag} “{name}” means something else", tag=script.owner, name=name)
    return say(
        "In the expression of the variable {variable} “{name}” means something else",
        variable=script.owner,
        name=name,
    )

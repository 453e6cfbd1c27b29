"""Settling what desks entered differently, and setting aside what only looks like a mistake."""

from __future__ import annotations

from arctos_desk.operations import commands
from arctos_desk.operations.clashes import clashes
from arctos_desk.operations.draft import Context, Draft, handles
from arctos_desk.operations.handlers.looking_up import reason_given, refuse
from arctos_desk.operations.reduce import base_key
from arctos_desk.operations.rights import organiser_only
from arctos_desk.tournament.ids import ref
from arctos_desk.tournament.kinds import Role
from arctos_desk.tournament.reasons import Problem
from arctos_desk.tournament.records import Dismissal
from arctos_desk.tournament.registers import creation
from arctos_desk.tournament.words import say


@handles(commands.ResolveDispute)
def resolve_dispute(command: commands.ResolveDispute, context: Context) -> Draft:
    folded = context.state.folded.get(command.reference)
    held = None if folded is None else folded.registers.get(command.register)
    if folded is None or held is None or not held.versions:
        refuse(Problem("NOT_DISPUTED", say("There is nothing to settle here")))
    if context.acting.role is Role.DESK and held.disputed:
        refuse(organiser_only(say("A head referee or an organiser settles this"), about=command.reference))
    reason = reason_given(command.reason)
    chosen = [version for version in held.versions if version.op_id == command.operation]
    if not chosen:
        refuse(
            Problem("NOT_FOUND", say("This version is no longer there"), next_step=say("Look at what is disputed now"))
        )
    value = chosen[0].value
    if command.register == "stage":
        # a stage is settled like it is taken back: by a new generation (sync.md §4.4, class D)
        value = [max(version.value[0] for version in held.versions) + 1, value[1]]
    name = folded.values().get("name", "")
    return Draft(
        kind="match.result.resolve" if command.register == "result" else "register.resolve",
        writes={command.reference: {command.register: value}},
        label=say("Settle {register} of {name}", register=command.register, name=name),
        reason=reason,
        extra={"resolve": [base_key(command.reference, command.register)]},
    )


@handles(commands.SetClashAside)
def set_clash_aside(command: commands.SetClashAside, context: Context) -> Draft:
    clash = next((one for one in clashes(context.state) if one.id == command.clash), None)
    if clash is None:
        refuse(Problem("NOT_FOUND", say("This clash is no longer there")))
    reason = reason_given(command.reason)
    dismissal = Dismissal(id=clash.id, reason=reason, rank=context.next_rank(context.event.dismissals))
    return Draft(
        kind="clash.dismiss",
        writes=creation(ref("dismissal", dismissal.id), dismissal),
        label=say("Set aside: {clash}", clash=clash.words),
        reason=reason,
    )

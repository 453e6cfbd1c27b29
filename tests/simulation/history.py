"""One seeded history: desks that work apart, meet by chance, crash, are restored, and in the end all meet. One seed,
one history.

Everything but the disk, the clock and chance is the production engine. What is checked at the end (spec sync.md §10):

1. equal sets give equal states on every desk, and the same digest;
2. what was acknowledged is in every log, unless the only disk that held it was set back before anybody else had seen
it; 3. the state kept step by step equals a fold from scratch, and a fold in shuffled order;
4. a knowing edit is never shown below what it replaced;
5. no desk overrules a confirmation that an organiser did not take back; every dispute can be settled;
6. frontiers never exceed the rows, no honest stream has two operations under one number, nothing honest is kept apart.
"""

from __future__ import annotations

import hashlib
import random
from collections.abc import Callable
from dataclasses import dataclass, field

from arctos_desk.operations import commands, exchange
from arctos_desk.operations.clashes import clashes
from arctos_desk.operations.commands import Acting, Command
from arctos_desk.operations.desk import Desk
from arctos_desk.operations.reduce import canonical_values, fold_all, writes_of
from arctos_desk.operations.undo import REDO, UNDO
from arctos_desk.scheduling.solve import solve
from arctos_desk.tournament.ids import ref
from arctos_desk.tournament.instants import MINUTE_MS
from arctos_desk.tournament.kinds import Ending, Role, Side, Stage
from arctos_desk.tournament.reasons import Refused
from arctos_desk.tournament.records import Team
from arctos_desk.tournament.registers import CLEAR, creation, merged
from arctos_desk.wire.canonical import canonical_bytes
from arctos_desk.wire.frontier import digest
from arctos_desk.wire.operation import Sealed
from arctos_desk.wire.signing import DeviceKey
from tests.operations.desks import TEN, small_day
from tests.simulation.faulty_log import FaultyLog, PowerCut


class Failed(AssertionError):
    """A history broke a property; the message names the seed and what was seen."""


@dataclass(slots=True)
class Variant:
    """What may be broken on purpose; the honest variant breaks nothing."""

    name: str = "honest"
    make_log: Callable[[str], FaultyLog] = FaultyLog
    keep_stream_after_restore: bool = False
    accept: Callable[..., exchange.Accepted] = exchange.accept


@dataclass(slots=True)
class Laptop:
    """One desk of the history: its disk and its clock's error."""

    name: str
    log: FaultyLog
    key: DeviceKey
    skew_ms: int
    desk: Desk
    backups: list[tuple[FaultyLog, int]] = field(default_factory=list)
    forms: list[dict[str, tuple[str, ...]]] = field(default_factory=list)


class History:
    """A run of one seed. `play` does everything and raises Failed."""

    def __init__(self, seed: int, variant: Variant | None = None, *, steps: int = 70) -> None:
        self.seed = seed
        self.variant = variant or Variant()
        self.chance = random.Random(seed)
        self.steps = steps
        self.now_ms = TEN
        self.acknowledged: dict[str, str] = {}
        self.operations = 0
        self.laptops: list[Laptop] = []
        self._open_desks()

    def play(self) -> int:
        """Play the history and check it; the number of operations in the end."""
        for _ in range(self.steps):
            self.now_ms += self.chance.randrange(1, 3 * MINUTE_MS)
            self.chance.choices(
                [self._work, self._meet, self._crash, self._back_up, self._restore, self._restart, self._open_form],
                weights=[55, 22, 5, 5, 3, 3, 7],
            )[0]()
        self._all_meet()
        self._check()
        return self.operations

    # steps -----------------------------------------------------------------------------------------------------------

    def _open_desks(self) -> None:
        for index in range(self.chance.randrange(2, 5)):
            log = self.variant.make_log("cup")
            key = DeviceKey(self.chance.randbytes(32))
            skew = self.chance.choice([0, 0, 900, -40_000, 10_000_000, -10_000_000])
            laptop = Laptop(f"desk{index}", log, key, skew, None)  # type: ignore[arg-type]
            laptop.desk = self._desk(laptop)
            self.laptops.append(laptop)
        first = self.laptops[0]
        self._perform(first, commands.CreateEvent(name="Cup"), Acting())
        self._perform(first, commands.ImportRecords(writes=small_day(), file_name="cup"), Acting())
        if self.chance.random() < 0.8:
            for name, role in (("Ada", Role.ORGANISER), ("Kim", Role.HEAD_REF), ("Lou", Role.HEAD_REF)):
                self._perform(first, commands.AddPerson(name=name, roles=frozenset({role})), Acting())
        for other in self.laptops[1:]:
            self._carry(first, other, whole=True)

    def _desk(self, laptop: Laptop) -> Desk:
        return Desk(
            laptop.log,
            signer=laptop.key,
            clock=lambda: self.now_ms + laptop.skew_ms,
            chance=self.chance.randbytes,
            build="simulation",
        )

    def _work(self) -> None:
        laptop = self.chance.choice(self.laptops)
        command = self._some_command(laptop)
        if command is not None:
            self._perform(laptop, command, self._somebody(laptop))

    def _somebody(self, laptop: Laptop) -> Acting:
        """Somebody of whom this desk knows, in a role of theirs; anybody as long as it knows of nobody."""
        people = laptop.desk.state.event.people.values()
        known = [Acting(person=person.id, role=role) for person in people for role in sorted(person.roles)]
        return self.chance.choice([Acting(), *(known or [Acting(person="p", role=role) for role in Role])])

    def _crash(self) -> None:
        laptop = self.chance.choice(self.laptops)
        laptop.log.cut = self.chance.choice(["before", "after"])
        if self.chance.random() < 0.5:
            self._meet(laptop)
        else:
            command = self._some_command(laptop)
            if command is not None:
                self._perform(laptop, command, self._somebody(laptop))
        laptop.log.cut = ""

    def _restart(self) -> None:
        laptop = self.chance.choice(self.laptops)
        laptop.desk = self._desk(laptop)

    def _back_up(self) -> None:
        laptop = self.chance.choice(self.laptops)
        laptop.backups.append((laptop.log.backup(), len(laptop.log._by_id)))

    def _restore(self) -> None:
        """Set a laptop back to an old backup. What only its disk held is gone by definition."""
        laptop = self.chance.choice(self.laptops)
        if not laptop.backups:
            return
        backup, _ = self.chance.choice(laptop.backups)
        elsewhere: set[str] = set()
        for other in self.laptops:
            if other is not laptop:
                elsewhere |= set(other.log._by_id)
        held = set(backup._by_id) | elsewhere
        for op_id in [one for one in self.acknowledged if one not in held]:
            del self.acknowledged[op_id]
        old = laptop.desk
        laptop.log = backup.backup()
        laptop.desk = self._desk(laptop)
        if self.variant.keep_stream_after_restore and old._stream in laptop.log.streams:
            last = laptop.log.streams[old._stream][-1]
            laptop.desk._stream, laptop.desk._number, laptop.desk._head = old._stream, last.operation.number, last.hash

    def _open_form(self) -> None:
        """Somebody opens a form and leaves it open while the world goes on."""
        laptop = self.chance.choice(self.laptops)
        references = [reference for reference in laptop.desk.state.folded if reference.startswith("match/")]
        if references:
            laptop.forms.append(laptop.desk.state.seen([self.chance.choice(references)]))

    def _meet(self, laptop: Laptop | None = None) -> None:
        one = laptop or self.chance.choice(self.laptops)
        other = self.chance.choice([candidate for candidate in self.laptops if candidate is not one])
        self._carry(other, one)
        if self.chance.random() < 0.5:
            self._carry(one, other)

    def _carry(self, source: Laptop, target: Laptop, *, whole: bool = False) -> None:
        """One transfer: cut anywhere, repeated, reordered, or lost."""
        batch: list[Sealed] = list(exchange.to_send(source.log, target.log.frontier()))
        if not whole:
            fate = self.chance.random()
            if fate < 0.15:
                return
            if fate < 0.40 and batch:
                batch = batch[: self.chance.randrange(len(batch))]
            elif fate < 0.50 and batch:
                del batch[self.chance.randrange(len(batch))]
            if self.chance.random() < 0.3:
                batch += self.chance.sample(batch, len(batch) // 2)
                batch += self._old_entries(source)
            if self.chance.random() < 0.5:
                self.chance.shuffle(batch)
        unique = {one.hash: one for one in batch}
        try:
            target.desk.receive(list(unique.values()))
        except PowerCut:
            target.log.power_returns()
            target.desk = self._desk(target)

    def _old_entries(self, source: Laptop) -> list[Sealed]:
        some = [sealed for stream in source.log.streams.values() for sealed in stream]
        return self.chance.sample(some, min(len(some), 4))

    def _all_meet(self) -> None:
        for laptop in self.laptops:
            laptop.log.cut = ""
        for _ in range(len(self.laptops) + 1):
            for one in self.laptops:
                for other in self.laptops:
                    if one is not other:
                        self._carry(one, other, whole=True)

    def _perform(self, laptop: Laptop, command: Command, acting: Acting) -> None:
        try:
            outcome = laptop.desk.perform(command, acting)
        except Refused:
            return
        except PowerCut:
            laptop.log.power_returns()
            laptop.desk = self._desk(laptop)
            return
        self.acknowledged[outcome.operation] = laptop.name
        if not command.seen:
            self._check_replaced_all(laptop, outcome.operation)

    def _some_command(self, laptop: Laptop) -> Command | None:
        state, chance = laptop.desk.state, self.chance
        matches = list(state.event.matches.values())
        if not matches:
            return None
        match = chance.choice(matches)
        points = state.points_of.get(match.id, ())
        seen = chance.choice(laptop.forms) if laptop.forms and chance.random() < 0.4 else {}
        options: list[Command] = [
            commands.NoteMatch(match=match.id, initial=f"note {chance.randrange(9)}", seen=seen),
            commands.AssignTag(tag="seed", team=chance.choice([*state.event.teams, None])),
            commands.EditMatch(match=match.id, changes={"length_min": chance.randrange(20, 60)}, seen=seen),
            commands.Undo(accept_rests=True),
            commands.Redo(),
            commands.AddTag(name=f"Tag {chance.randrange(5)}"),
        ]
        options += self._rarer_commands(laptop)
        if match.stage is Stage.PLANNED:
            options += [commands.StartMatch(match=match.id, override="late", seen=seen)] * 4
            options.append(commands.DeleteMatch(match=match.id))
        elif match.stage is Stage.LIVE:
            options += [commands.StartPoint(match=match.id)] * 4
            options += [
                commands.FinishMatch(match=match.id, winner=chance.choice(list(Side)), seen=seen),
                commands.FinishMatch(match=match.id, ending=Ending.DRAW, seen=seen),
            ]
        else:
            options += [
                commands.CorrectResult(
                    match=match.id, ending=Ending.NORMAL, winner=chance.choice(list(Side)), reason="sheet", seen=seen
                ),
                commands.ReopenMatch(match=match.id, reason="protest"),
                *[commands.ConfirmResult(match=match.id)] * 4,
            ]
        for point in points[-2:]:
            options.append(commands.EndPoint(point=point.id))
            options.append(commands.EditPoint(point=point.id, winner=chance.choice(list(Side))))
            options.append(commands.VoidPoint(point=point.id))
        for reference in state.disputed:
            for register, held in state.folded[reference].registers.items():
                if held.disputed and held.versions:
                    version = chance.choice(held.versions)
                    options.append(
                        commands.ResolveDispute(
                            reference=reference, register=register, operation=version.op_id, reason="settled"
                        )
                    )
        return chance.choice(options)

    def _rarer_commands(self, laptop: Laptop) -> list[Command]:
        """People, a file that comes in, something set aside, an older entry taken back by anybody."""
        state, chance = laptop.desk.state, self.chance
        fate = chance.randrange(8)
        if fate == 0:
            person = chance.choice([*state.event.people, ""])
            roles = frozenset(chance.sample(list(Role), chance.randrange(3)))
            if person:
                return [commands.EditPerson(person=person, roles=roles)]
            return [commands.AddPerson(name=f"Person {chance.randrange(1_000_000)}", roles=roles)]
        if fate == 1:
            number = chance.randrange(1_000_000)
            some = chance.choice([1, 90])
            teams = [Team(id=f"i{number}-{n}", key=f"i{number}-{n}", name="x" * 150, rank=n + 50) for n in range(some)]
            writes = merged(*(creation(ref("team", team.id), team) for team in teams))
            return [commands.ImportRecords(writes=writes, file_name="more.json")]
        if fate == 2:
            return [commands.SetClashAside(clash=clash.id, reason="seen") for clash in clashes(state)]
        entries = laptop.log.recent(30)
        return [commands.Undo(operation=chance.choice(entries).id, accept_rests=True)] if entries else []

    # checks ----------------------------------------------------------------------------------------------------------

    def _check(self) -> None:
        first = self.laptops[0]
        self.operations = len(first.log._by_id)
        frontier = digest(first.log.frontier())
        picture = state_digest(first.desk, self.now_ms)
        for laptop in self.laptops:
            self._expect(digest(laptop.log.frontier()) == frontier, f"{laptop.name} did not get everything")
            self._expect(set(laptop.log._by_id) == set(first.log._by_id), f"{laptop.name} holds another set")
            self._expect(state_digest(laptop.desk, self.now_ms) == picture, f"{laptop.name} shows another state")
            missing = [one for one in self.acknowledged if one not in laptop.log._by_id]
            self._expect(not missing, f"{laptop.name} lacks {len(missing)} acknowledged operations")
            self._check_rows(laptop)
        self._check_fold(first)
        self._check_knowing_edits(first)
        self._check_confirmed(first)
        self._check_disputes_can_be_settled(first)

    def _check_confirmed(self, laptop: Laptop) -> None:
        """What an organiser confirmed stands, and shows what an organiser said, until an organiser takes it back."""
        by_id = laptop.log._by_id
        for reference, folded in laptop.desk.state.folded.items():
            stages = {
                one.id: (value[0], value[1], one)
                for one in by_id.values()
                for about, register, value in writes_of(one)
                if (about, register) == (reference, "stage") and value is not CLEAR
            }
            confirmed = [generation for generation, stage, _ in stages.values() if stage >= Stage.CONFIRMED]
            taken_back = any(
                generation > min(confirmed, default=0) and one.payload["as"] == Role.ORGANISER
                for generation, _, one in stages.values()
            )
            if not confirmed or taken_back:
                continue
            self._expect(folded.registers["stage"].value[1] >= Stage.CONFIRMED, f"{reference} was overruled by a desk")
            result = folded.registers["result"]
            said = [
                value
                for head in result.heads
                for about, register, value in writes_of(by_id[head])
                if (about, register) == (reference, "result") and by_id[head].payload["as"] == Role.ORGANISER
            ]
            self._expect(result.value in said, f"{reference} is confirmed and shows what no organiser said")

    def _check_disputes_can_be_settled(self, laptop: Laptop) -> None:
        """People can always settle what is disputed, one register after the other."""
        for _ in range(200):
            # Asked each time: settling who somebody is may bring an organiser back, or take the last one away.
            people = laptop.desk.state.event.people.values()
            organisers = [one for one in people if Role.ORGANISER in one.roles]
            if people and not organisers:
                return
            acting = Acting(person=organisers[0].id if organisers else "", role=Role.ORGANISER)
            open_now = [
                (reference, register, held)
                for reference, folded in laptop.desk.state.folded.items()
                for register, held in folded.registers.items()
                if held.disputed
            ]
            if not open_now:
                return
            reference, register, held = self.chance.choice(open_now)
            version = self.chance.choice(held.versions)
            order = commands.ResolveDispute(
                reference=reference, register=register, operation=version.op_id, reason="settled"
            )
            laptop.desk.perform(order, acting)
            after = laptop.desk.state.folded[reference].registers[register]
            self._expect(not after.disputed, f"{reference}#{register} was settled and is still disputed")
        raise Failed(f"seed {self.seed}: settling disputes never ends")

    def _check_replaced_all(self, laptop: Laptop, op_id: str) -> None:
        """Somebody who saw every version and wrote one leaves no other behind."""
        operation = laptop.log._by_id[op_id]
        if operation.kind in (UNDO, REDO):
            return  # it takes away one version and leaves what others stated at the same time
        for reference, register, _ in writes_of(operation):
            if register in ("stage", "archived"):
                continue
            heads = laptop.desk.state.heads(reference, register)
            ahead = [head for head in heads if laptop.log._by_id[head].order > operation.order]
            self._expect(
                heads == (op_id,) or bool(ahead),
                f"{reference}#{register} still shows {heads} beside what replaced them",
            )

    def _check_rows(self, laptop: Laptop) -> None:
        self._expect(not laptop.log.apart, f"{laptop.name} keeps honest entries apart: {laptop.log.apart[:1]}")
        for stream, (number, _) in laptop.log.frontier().items():
            rows = laptop.log.sealed_after(stream, 0, number + 1)
            numbers = [sealed.operation.number for sealed in rows]
            self._expect(numbers == list(range(1, number + 1)), f"{laptop.name} {stream}: {numbers} of {number}")

    def _check_fold(self, laptop: Laptop) -> None:
        operations = list(laptop.log.operations())
        whole = fold_all(operations)
        state = laptop.desk.state
        again = solve(state.event, now_ms=state.solved_at_ms)
        self._expect(again == state.solution, "the day kept step by step and the day solved afresh differ")
        self._expect(whole == dict(laptop.desk.state.folded), "step by step and from scratch differ")
        self.chance.shuffle(operations)
        self._expect(fold_all(operations) == whole, "the order of arrival shows")

    def _check_knowing_edits(self, laptop: Laptop) -> None:
        by_id = laptop.log._by_id
        superseded: dict[str, set[str]] = {}
        for operation in by_id.values():
            for key, names in operation.base.items():
                for name in names:
                    if name in by_id and by_id[name].order < operation.order:
                        superseded.setdefault(key, set()).add(name)
        for reference, folded in laptop.desk.state.folded.items():
            for register, held in folded.registers.items():
                if register == "stage":
                    continue
                below = superseded.get(f"{reference}#{register}", set())
                writers = {
                    head
                    for head in held.heads
                    if any((reference, register) == (a, b) for a, b, _ in writes_of(by_id[head]))
                }
                self._expect(not (writers & below), f"{reference}#{register} shows what somebody knowingly replaced")

    def _expect(self, holds: bool, what: str) -> None:
        if not holds:
            raise Failed(f"seed {self.seed}, {self.variant.name}: {what}")


def state_digest(desk: Desk, now_ms: int) -> str:
    """The digest of everything a desk shows at a moment: registers with heads and disputes, and the solved day."""
    state = desk.state
    solution = solve(state.event, now_ms=now_ms)
    shown = {
        "held": canonical_values(state.folded),
        "heads": {
            reference: {
                register: [list(held.heads), held.disputed, len(held.versions)]
                for register, held in sorted(folded.registers.items())
            }
            for reference, folded in sorted(state.folded.items())
        },
        "rows": {
            match_id: [row.plan_ms or 0, row.live_ms or 0, row.status.value, row.team1_id or "", row.team2_id or ""]
            for match_id, row in sorted(solution.rows.items())
        },
    }
    return hashlib.sha256(canonical_bytes(shown, limit=None)).hexdigest()

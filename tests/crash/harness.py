"""Cuts: let somebody work, kill them, damage what is left, open it again, and compare with what they said was saved.

The parent has imported everything before it forks, so a cut costs milliseconds, not the start of a program.
"""

from __future__ import annotations

import os
import random
import select
import shutil
import signal
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from arctos_desk.operations.desk import Desk
from arctos_desk.operations.reduce import fold_all
from arctos_desk.storage.event_file import EventFile
from tests.crash import worker
from tests.storage.makers import Laptop

CUTS_OF_ONE_EVENT = 8
_PATIENCE_S = 10
"""How long a child may say nothing before it is killed all the same."""


@dataclass(slots=True)
class Ledger:
    """What the killed ones said: `tried` commits as they were announced, `saved` ids, the last `names` of people."""

    tried: list[tuple[str, ...]] = field(default_factory=list)
    saved: set[str] = field(default_factory=set)
    names: dict[str, str] = field(default_factory=dict)
    failed: list[str] = field(default_factory=list)
    opened: int = 0

    def take(self, text: bytes) -> None:
        for line in text.decode().split("\n")[:-1]:
            word, *rest = line.split(" ")
            match word:
                case "try":
                    self.tried.append(tuple(rest))
                case "ok":
                    self.saved.update(rest)
                case "name":
                    self.names[rest[0]] = rest[1].replace("_", " ")
                case "failed":
                    self.failed.append(rest[0])
                case "open":
                    self.opened += 1


@dataclass(slots=True)
class Tally:
    """What many cuts came to."""

    cuts: Counter[str] = field(default_factory=Counter)
    lost: Counter[str] = field(default_factory=Counter)
    recovered: Counter[str] = field(default_factory=Counter)
    saved: int = 0
    unconfirmed: int = 0
    losses: list[str] = field(default_factory=list)

    def lose(self, variant: str, what: str) -> None:
        self.lost[variant] += 1
        self.losses.append(f"{variant}: {what}")


# what happens to the files --------------------------------------------------------------------------------------------


def _with_wal(path: Path) -> list[Path]:
    return [path.with_name(path.name + suffix) for suffix in ("", "-wal", "-shm")]


def delete_database(path: Path, _chance: random.Random) -> None:
    path.unlink(missing_ok=True)


def delete_wal(path: Path, _chance: random.Random) -> None:
    path.with_name(path.name + "-wal").unlink(missing_ok=True)


def delete_all_three(path: Path, _chance: random.Random) -> None:
    for file in _with_wal(path):
        file.unlink(missing_ok=True)


def truncate_database(path: Path, chance: random.Random) -> None:
    os.truncate(path, chance.randrange(path.stat().st_size))


def truncate_wal(path: Path, chance: random.Random) -> None:
    wal = path.with_name(path.name + "-wal")
    if wal.exists() and wal.stat().st_size:
        os.truncate(wal, chance.randrange(wal.stat().st_size))


def zero_database(path: Path, _chance: random.Random) -> None:
    path.write_bytes(bytes(path.stat().st_size))


def zero_some_pages(path: Path, chance: random.Random) -> None:
    pages = path.stat().st_size // 4096
    with path.open("r+b") as file:
        for _ in range(3):
            file.seek(chance.randrange(pages) * 4096)
            file.write(bytes(4096))


def flip_bits_of_database(path: Path, chance: random.Random) -> None:
    _flip(path, chance)


def flip_bits_of_wal(path: Path, chance: random.Random) -> None:
    wal = path.with_name(path.name + "-wal")
    if wal.exists() and wal.stat().st_size:
        _flip(wal, chance)


def _flip(path: Path, chance: random.Random) -> None:
    content = bytearray(path.read_bytes())
    for _ in range(chance.randint(1, 3)):
        content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
    path.write_bytes(content)


def garble_shared_memory(path: Path, chance: random.Random) -> None:
    shm = path.with_name(path.name + "-shm")
    if shm.exists():
        shm.write_bytes(chance.randbytes(32_768))


def tear_journal(path: Path, chance: random.Random) -> None:
    """The newest journal file loses its tail, or gets one of garbage; the database still holds what it held."""
    files = sorted(path.with_name("cup.oplog").glob("*.log"), key=lambda file: file.stat().st_mtime_ns)
    if not files:
        return
    if chance.random() < 0.5:
        os.truncate(files[-1], chance.randrange(files[-1].stat().st_size))
    else:
        with files[-1].open("ab") as file:
            file.write(chance.randbytes(chance.randrange(1, 2_000)))


def delete_journal(path: Path, _chance: random.Random) -> None:
    shutil.rmtree(path.with_name("cup.oplog"), ignore_errors=True)


def nothing(_path: Path, _chance: random.Random) -> None:
    """Killed, and nothing else."""


VARIANTS: dict[str, Callable[[Path, random.Random], None]] = {
    "killed": nothing,
    "database deleted": delete_database,
    "WAL deleted": delete_wal,
    "database, WAL, shm deleted": delete_all_three,
    "database truncated": truncate_database,
    "WAL truncated": truncate_wal,
    "database zeroed": zero_database,
    "pages zeroed": zero_some_pages,
    "bits of database flipped": flip_bits_of_database,
    "bits of WAL flipped": flip_bits_of_wal,
    "shm garbled": garble_shared_memory,
    "journal torn": tear_journal,
    "journal deleted": delete_journal,
}


# the cuts -------------------------------------------------------------------------------------------------------------


MUTANTS = ("says so too early", "no journal", "commits by pieces")
"""Broken writers that the harness must catch; one that has never failed proves nothing."""


def cut_often(
    folder: Path, *, cuts: int, seed: int, mutant: str = "", tell: Callable[[str], None] = lambda _: None
) -> Tally:
    """Cut so many times; every event sees some cuts, and after each also a copy of it is damaged in some way.

    With a `mutant` it stops at the first loss.
    """
    chance = random.Random(seed)
    tally = Tally()
    variants = list(VARIANTS)
    number = 0
    while number < cuts and not (mutant and tally.lost):
        place = folder / f"event-{number}"
        place.mkdir(parents=True)
        Laptop(place, seed=seed + number).create().close()
        ledger = Ledger()
        with_desk = not mutant and chance.random() < 0.5
        for _ in range(min(CUTS_OF_ONE_EVENT, cuts - number)):
            _cut(place, ledger, chance, seed * 1_000_003 + number, with_desk=with_desk, mutant=mutant)
            for kind in ledger.failed:
                tally.lose("killed", f"the worker ended by itself: {kind}")
            ledger.failed.clear()
            variant = variants[number % len(variants)]
            if variant != "killed":
                copy = folder / "copy"
                shutil.copytree(place, copy)
                VARIANTS[variant](copy / "cup.arctos", chance)
                _look(copy, ledger, variant, tally, number, with_desk=with_desk)
                shutil.rmtree(copy)
            _look(place, ledger, "killed", tally, number, with_desk=with_desk)
            number += 1
            if number % 100 == 0:
                tell(f"{number} cuts, {sum(tally.lost.values())} losses")
        tally.saved += len(ledger.saved)
        shutil.rmtree(place)
    return tally


def _cut(place: Path, ledger: Ledger, chance: random.Random, seed: int, *, with_desk: bool, mutant: str = "") -> None:
    """Let a child work for a random while and kill it."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        worker.run(place, seed, writing, with_desk=with_desk, mutant=mutant)
    os.close(writing)
    # Mostly after some commits, sometimes while the event is still being opened; then at any moment of what follows.
    commits = chance.randint(0, 12) if chance.random() < 0.9 else -1
    heard = os.read(reading, 65_536)
    while commits >= 0 and (heard.count(b"ok") < commits or b"open" not in heard) and b"failed" not in heard:
        if not select.select([reading], [], [], _PATIENCE_S)[0]:
            break
        more = os.read(reading, 65_536)
        heard += more
        if not more:
            break
    time.sleep(chance.random() * (0.004 if commits >= 0 else 0.05))
    os.kill(child, signal.SIGKILL)
    while more := os.read(reading, 65_536):
        heard += more
    os.waitpid(child, 0)
    os.close(reading)
    ledger.take(heard)


def _look(place: Path, ledger: Ledger, variant: str, tally: Tally, number: int, *, with_desk: bool) -> None:
    """Open the event again and compare it with what was said."""
    tally.cuts[variant] += 1
    try:
        laptop = Laptop(place, seed=number, now_ms=1_760_000_000_000)
        event = laptop.open()
        flaws = event.verify(every_signature=True).flaws
        if flaws:
            # What only the full check sees: the desk makes it when idle, and opens again.
            event.close()
            event = laptop.open(thorough=True)
            flaws = event.verify(every_signature=True).flaws
        with event:
            if flaws:
                tally.lose(variant, f"cut {number}: the check finds {flaws[:3]}")
            for step in event.report.codes:
                tally.recovered[step] += 1
            tally.unconfirmed += len(event.report.unconfirmed)
            for what in _wrong(event, ledger, with_desk=with_desk, laptop=laptop):
                tally.lose(variant, f"cut {number}: {what}")
    except Exception as error:
        tally.lose(variant, f"cut {number}: {type(error).__name__}: {error}")


def _wrong(event: EventFile, ledger: Ledger, *, with_desk: bool, laptop: Laptop) -> list[str]:
    wrong = []
    there = {operation.id for operation in event.operations()}
    gone = ledger.saved - there
    if gone:
        wrong.append(f"{len(gone)} of {len(ledger.saved)} saved entries are gone")
    halves = [ids for ids in ledger.tried if ids and 0 < sum(one in there for one in ids) < len(ids)]
    if halves:
        wrong.append(f"{len(halves)} commits are there by half")
    people = event.people()
    lost_names = [person for person, name in ledger.names.items() if person not in people]
    older = [
        person for person, name in ledger.names.items() if person in people and _age(people[person].name) < _age(name)
    ]
    if lost_names or older:
        wrong.append(f"{len(lost_names)} names are gone, {len(older)} are older than what was saved")
    if with_desk:
        desk = Desk(event, signer=laptop.key, clock=laptop.wall, chance=laptop.random.randbytes, build="1.0")
        if dict(desk.state.folded) != fold_all(event.operations()):
            wrong.append("the projections are not what the entries give")
    return wrong


def _age(name: str) -> int:
    """Names carry a number that grows where one person's name changes."""
    digits = "".join(letter for letter in name if letter.isdigit())
    return int(digits) if name.startswith("name-") and digits else 0


def table(tally: Tally) -> str:
    """The tally for people to read."""
    lines = [f"{'what happened':<28} {'cuts':>6} {'losses':>7}"]
    for variant in VARIANTS:
        lines.append(f"{variant:<28} {tally.cuts[variant]:>6} {tally.lost[variant]:>7}")
    lines.append(f"{'in all':<28} {sum(tally.cuts.values()):>6} {sum(tally.lost.values()):>7}")
    lines.append("")
    lines.append(f"{tally.saved} entries were confirmed; {tally.unconfirmed} came back that nobody was told about")
    told = ", ".join(f"{code} {count}" for code, count in sorted(tally.recovered.items()))
    lines.append(f"what opening reported: {told or 'nothing'}")
    return "\n".join([*lines, *tally.losses[:20]])

"""Bad news that people can act on: reasons, findings, problems and outages. Never a bug: those rise as they are."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from arctos_desk.tournament.words import Words, in_english


@dataclass(frozen=True, slots=True)
class Reason:
    """Why something is not possible now; `code` is stable and for machines, `about` names the record meant."""

    code: str
    words: Words
    about: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """A warning that never blocks; `about` names the records meant."""

    code: str
    words: Words
    about: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Problem:
    """Something staff can put right: what is wrong, where, and what to do next."""

    code: str
    words: Words
    place: str = ""
    next_step: Words | None = None
    about: str = ""


class Refused(Exception):
    """A command or a file was refused; nothing was changed. Carries every problem at once."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems: tuple[Problem, ...] = tuple(problems)
        super().__init__(
            "; ".join(f"{p.place}: {in_english(p.words)}" if p.place else in_english(p.words) for p in self.problems)
        )

    @property
    def codes(self) -> tuple[str, ...]:
        return tuple(problem.code for problem in self.problems)


class Outage(Exception):
    """The world's fault (disk, lock, network): says whether work continues and what happens next."""

    def __init__(self, words: Words, *, work_continues: bool, next_step: Words | None = None) -> None:
        self.words = words
        self.work_continues = work_continues
        self.next_step = next_step
        super().__init__(in_english(words))

"""Who presses, and in which role. Judges nobody's rights: `operations.rights` does."""

from __future__ import annotations

from dataclasses import dataclass

from arctos_desk.tournament.kinds import Role


@dataclass(frozen=True, slots=True, kw_only=True)
class Acting:
    """Who presses: a person by id ("" for the desk itself) and the role in which they act."""

    person: str = ""
    role: Role = Role.DESK

"""What stands in a team or referee slot: a team, a tag, the winner or loser of a match, or text that names nothing
known.

Slots keep ids, so a rename never breaks them; the text of files and scripts is made from names. Resolves nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Outcome = Literal["winner", "loser"]


@dataclass(frozen=True, slots=True)
class TeamSlot:
    team_id: str


@dataclass(frozen=True, slots=True)
class TagSlot:
    tag_id: str


@dataclass(frozen=True, slots=True)
class OutcomeSlot:
    """Whoever wins or loses a match."""

    match_id: str
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class UnknownSlot:
    """Text that named nothing when it was entered; kept as it was, shown, and warned about."""

    text: str


Slot = TeamSlot | TagSlot | OutcomeSlot | UnknownSlot


@dataclass(frozen=True, slots=True)
class TokenText:
    """A token as text, taken apart: kind is team, tag, winner, loser; `name` is trimmed."""

    kind: Literal["team", "tag", "winner", "loser"]
    name: str


class BadToken(ValueError):
    """The text is no token; `code` says why: EMPTY_TAG, EMPTY_MATCH, BAD_SUFFIX, TOO_MANY."""

    def __init__(self, code: str, text: str) -> None:
        self.code = code
        self.text = text
        super().__init__(f"{code}: {text}")


def parse_token(text: str) -> TokenText | None:
    """Take a token's text apart; None for an empty slot. One parser for every place (scheduling.md §12, quirk 17).

    The `tag::` prefix is tested first; winner and loser are accepted in any case. Raises BadToken.
    """
    trimmed = text.strip()
    if not trimmed:
        return None
    if "::" not in trimmed:
        return TokenText("team", trimmed)
    head, _, tail = trimmed.partition("::")
    if head.strip() == "tag":
        name = tail.strip()
        if not name:
            raise BadToken("EMPTY_TAG", trimmed)
        if "::" in name:
            raise BadToken("TOO_MANY", trimmed)
        return TokenText("tag", name)
    if "::" in tail:
        raise BadToken("TOO_MANY", trimmed)
    suffix = tail.strip().lower()
    if suffix not in ("winner", "loser"):
        raise BadToken("BAD_SUFFIX", trimmed)
    if not head.strip():
        raise BadToken("EMPTY_MATCH", trimmed)
    return TokenText("winner" if suffix == "winner" else "loser", head.strip())

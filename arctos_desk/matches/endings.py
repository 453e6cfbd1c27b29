"""The words for how matches end. Decides no ending."""

from __future__ import annotations

from arctos_desk.tournament.kinds import Ending
from arctos_desk.tournament.words import Words, say


def ending_name(ending: Ending) -> Words:
    """The word for an ending."""
    match ending:
        case Ending.NORMAL:
            return say("played to the end")
        case Ending.DRAW:
            return say("draw")
        case Ending.FORFEIT:
            return say("forfeit")
        case Ending.DOUBLE_FORFEIT:
            return say("double forfeit")
        case Ending.ABANDONED:
            return say("abandoned")
        case Ending.ANNULLED:
            return say("annulled")
        case Ending.BYE:
            return say("bye")
        case Ending.SKIPPED:
            return say("skipped")

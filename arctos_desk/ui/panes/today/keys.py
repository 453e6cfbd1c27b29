"""Today's lines in the table of actions: words, keys, what each does. Performs none."""

from __future__ import annotations

from typing import Final

from arctos_desk.tournament.words import say
from arctos_desk.ui.actions import ActionEntry

WHERE: Final = "today"

ENTRIES: Final = (
    ActionEntry(
        id="today_control",
        text=say("Start or end"),
        tooltip=say("Start the match, start a point, end it: the large control"),
        shortcut="Space",
        icon="play",
        where=WHERE,
    ),
    ActionEntry(
        id="today_left",
        text=say("Left side won"),
        tooltip=say("Give the point to the left side; again clears it"),
        shortcut="Left",
        where=WHERE,
    ),
    ActionEntry(
        id="today_right",
        text=say("Right side won"),
        tooltip=say("Give the point to the right side; again clears it"),
        shortcut="Right",
        where=WHERE,
    ),
    ActionEntry(
        id="today_newer",
        text=say("Newer point"),
        tooltip=say("Choose the point above"),
        shortcut="Up",
        where=WHERE,
    ),
    ActionEntry(
        id="today_older",
        text=say("Older point"),
        tooltip=say("Choose the point below"),
        shortcut="Down",
        where=WHERE,
    ),
    ActionEntry(
        id="today_rerun",
        text=say("Rerun"),
        tooltip=say("The chosen point is run again and counts for nobody; again counts it"),
        shortcut="R",
        where=WHERE,
    ),
    ActionEntry(
        id="today_note",
        text=say("Note"),
        tooltip=say("Write a public note on the chosen point"),
        shortcut="N",
        icon="note",
        where=WHERE,
    ),
    ActionEntry(
        id="today_set_up",
        text=say("Point into the next set"),
        tooltip=say("The chosen point belongs to the next set"),
        shortcut="+",
        where=WHERE,
    ),
    ActionEntry(
        id="today_set_down",
        text=say("Point into the set before"),
        tooltip=say("The chosen point belongs to the set before"),
        shortcut="-",
        where=WHERE,
    ),
    ActionEntry(
        id="today_next_set_up",
        text=say("Next set"),
        tooltip=say("The next point begins the next set"),
        shortcut="Ctrl+Up",
        where=WHERE,
    ),
    ActionEntry(
        id="today_next_set_down",
        text=say("Same set"),
        tooltip=say("The next point belongs to the set before"),
        shortcut="Ctrl+Down",
        where=WHERE,
    ),
    ActionEntry(
        id="today_delete",
        text=say("Delete point"),
        tooltip=say("Delete the chosen point; it can be brought back"),
        shortcut="Del",
        icon="trash",
        where=WHERE,
    ),
    ActionEntry(
        id="today_finish",
        text=say("Finish match"),
        tooltip=say("Look at all points and say how the match ended"),
        shortcut="F",
        icon="flag",
        where=WHERE,
    ),
    ActionEntry(
        id="today_draw",
        text=say("Draw"),
        tooltip=say("Nobody wins this match"),
        shortcut="D",
        icon="draw",
        where=WHERE,
    ),
    ActionEntry(
        id="today_confirm",
        text=say("Finish or go on"),
        tooltip=say("Finish the match as stated, or go on to the next one"),
        shortcut="Return",
        where=WHERE,
    ),
    ActionEntry(
        id="today_back",
        text=say("Back"),
        tooltip=say("Back to the points"),
        shortcut="Esc",
        where=WHERE,
    ),
    ActionEntry(
        id="today_override",
        text=say("Start with reason"),
        tooltip=say("Start although something stands against it; the reason is kept in the journal"),
        shortcut="Ctrl+F",
        icon="warning",
        where=WHERE,
    ),
    ActionEntry(
        id="today_field",
        text=say("Field"),
        tooltip=say("Choose another field"),
        shortcut="Ctrl+L",
        icon="field",
        where=WHERE,
    ),
    ActionEntry(
        id="today_details",
        text=say("Details"),
        tooltip=say("Show or hide the column at the right"),
        shortcut="Ctrl+D",
        icon="more",
        where=WHERE,
    ),
)

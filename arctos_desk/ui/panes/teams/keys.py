"""The lines of this pane in the table of actions: words, keys, what each does. Performs none."""

from __future__ import annotations

from typing import Final

from arctos_desk.tournament.words import say
from arctos_desk.ui.actions import ActionEntry

WHERE: Final = "teams"

ENTRIES: Final = (
    ActionEntry(
        id="teams_add",
        text=say("Add team"),
        tooltip=say("Write a new team into the list"),
        shortcut="T",
        icon="plus",
        where=WHERE,
    ),
    ActionEntry(
        id="teams_paste",
        text=say("Paste teams and players"),
        tooltip=say("Look at a list that was copied in a spreadsheet, then take it in"),
        shortcut="Ctrl+V",
        icon="import",
        where=WHERE,
    ),
    ActionEntry(
        id="teams_import",
        text=say("Import CSV…"),
        tooltip=say("Look at a file of teams and players, then take it in"),
        shortcut="I",
        icon="open",
        where=WHERE,
    ),
    ActionEntry(
        id="teams_search",
        text=say("Search"),
        tooltip=say("Find a team or a player"),
        shortcut="Ctrl+F",
        icon="search",
        where=WHERE,
    ),
    ActionEntry(
        id="teams_pairs",
        text=say("Look"),
        tooltip=say("Look at entries that may be one person, side by side"),
        shortcut="D",
        where=WHERE,
    ),
    ActionEntry(
        id="team_delete",
        text=say("Delete team"),
        tooltip=say("Take the team out of the event; its players become mercenaries. It can be undone"),
        shortcut="Del",
        icon="trash",
        where=WHERE,
    ),
    ActionEntry(
        id="player_delete",
        text=say("Delete"),
        tooltip=say("Take the chosen player off the roster; it can be undone"),
        shortcut="Del",
        icon="trash",
        where=WHERE,
    ),
    ActionEntry(
        id="player_add",
        text=say("Add player"),
        tooltip=say("Open the last row of the roster"),
        shortcut="A",
        icon="plus",
        where=WHERE,
    ),
    ActionEntry(
        id="player_move",
        text=say("Move…"),
        tooltip=say("Put the chosen player on the roster of another team"),
        shortcut="M",
        icon="right",
        where=WHERE,
    ),
    ActionEntry(
        id="player_erase",
        text=say("Erase…"),
        tooltip=say("Forget the chosen player for good: the name and all that is private"),
        shortcut="Shift+Del",
        where=WHERE,
    ),
)

"""What the desk knows of an event beside its schedule, as tables of a schedule file. Nothing of the day, no person.

The reference passes over `[desk]`, `[[teams]]`, `[[groups]]`, `[[modes]]` and `[[penalty_types]]`, so one file serves
both. `interchange.entries` reads what is written here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import tomlkit

from arctos_desk.tournament.records import Event, EventInfo, Mode

_USUAL = EventInfo(id="", name="")
_SETTINGS = (
    "place",
    "zone",
    "first_day",
    "last_day",
    "languages",
    "most_teams",
    "most_on_roster",
    "most_on_field",
    "head_refs",
    "win_points",
    "draw_points",
    "loss_points",
)


def desk_tables(event: Event) -> str:
    """The tables as text, ready to stand before the schedule; what is usual or empty is left out."""
    document = tomlkit.document()
    desk = {"name": event.info.name}
    desk |= {
        name: getattr(event.info, name)
        for name in _SETTINGS
        if getattr(event.info, name) not in (getattr(_USUAL, name), None)
    }
    document.add("desk", _table(desk))
    games = [match for match in event.matches.values() if match.kind.is_game]
    parts: Mapping[str, Iterable[Mapping[str, Any]]] = {
        "teams": (
            {"key": team.key, "name": team.name, "shortname": team.shortname, "colour": team.colour}
            for team in event.teams.values()
        ),
        "groups": (
            {"name": group.name, "matches": [match.name for match in games if match.group_id == group.id]}
            for group in event.groups.values()
        ),
        "modes": (
            {**_mode(mode), "matches": [match.name for match in games if match.mode == mode.name]}
            for mode in event.modes.values()
        ),
        "penalty_types": (
            {"name": one.name, "colour": one.colour, "description": one.description}
            for one in event.penalty_types.values()
        ),
    }
    for name, found in parts.items():
        array = tomlkit.aot()
        for values in found:
            array.append(_table(values))
        if len(array):
            document.add(name, array)
    return tomlkit.dumps(document)


def _mode(mode: Mode) -> dict[str, Any]:
    return {
        "name": mode.name,
        "counting": mode.counting.value,
        "sets": mode.sets,
        "points_per_set": mode.points_per_set,
        "stones_per_set": mode.stones_per_set,
        "minutes": mode.minutes,
        "length_min": mode.length_min,
    }


def _table(values: Mapping[str, Any]) -> Any:
    table = tomlkit.table()
    for name, value in values.items():
        if value not in (None, "", [], ()):
            table.add(name, list(value) if isinstance(value, tuple) else str(value) if _is_word(value) else value)
    return table


def _is_word(value: Any) -> bool:
    """Texts and the words of fixed vocabularies, which are texts of their own kind."""
    return isinstance(value, str)

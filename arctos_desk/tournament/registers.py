"""What can be written about each kind of record: its registers, their merge classes, and how values look in an
operation.

One operation writes registers (`Writes`); a record is what its registers say. Values are canonical JSON: no floats,
no nulls; "nothing" is written as CLEAR. Decides no conflict: `operations.reduce` does, by the class named here (spec
sync.md §4.4).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from enum import Enum, StrEnum
from typing import Any, Final

from arctos_desk.tournament import records
from arctos_desk.tournament.ids import id_of, kind_of
from arctos_desk.tournament.instants import LATEST
from arctos_desk.tournament.kinds import Counting, Ending, HeadRefs, MatchKind, Role, SetType, Side, Stage
from arctos_desk.tournament.tokens import OutcomeSlot, Slot, TagSlot, TeamSlot, UnknownSlot

Json = Any
"""A canonical JSON value: str, int, bool, list or object of these."""


class _Clear:
    def __repr__(self) -> str:
        return "CLEAR"


CLEAR: Final = _Clear()
"""Written to a register to say that it holds nothing."""

Writes = Mapping[str, Mapping[str, Json]]
"""Reference of a record -> register -> new value or CLEAR."""


class Merge(Enum):
    """Merge classes of spec sync.md §4.4. A fact is a record that is only ever voided, never edited into another."""

    QUIET = "B"
    HUMAN = "C"
    STAGE = "D"
    ARCHIVE = "F"


@dataclass(frozen=True, slots=True)
class Register:
    """One register: its merge class, the functions between its JSON value and the record's fields, and what it takes.

    `fits` says whether a value is of the right shape: what other desks send is signed, not checked.
    """

    merge: Merge
    read: Callable[[Json], Mapping[str, Any]]
    write: Callable[[Any], Json]
    fits: Callable[[Json], bool]


def _is_text(value: Json) -> bool:
    return isinstance(value, str)


def _is_flag(value: Json) -> bool:
    return isinstance(value, bool)


def _is_whole(value: Json) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _is_number_of(most: int) -> Callable[[Json], bool]:
    return lambda value: _is_whole(value) and 0 <= value <= most


_COUNT_MOST: Final = 1_000_000
_ENDINGS: Final = frozenset(Ending)
_SIDES: Final = frozenset(Side)
_STAGES: Final = frozenset(Stage)
_ROLES: Final = frozenset(Role)
_is_count = _is_number_of(_COUNT_MOST)
_is_instant = _is_number_of(LATEST)


def _text(name: str, empty: Any = None) -> Register:
    return _plain(name, _is_text, empty=empty)


def _plain(name: str, fits: Callable[[Json], bool], merge: Merge = Merge.QUIET, empty: Any = None) -> Register:
    """A register that holds one field as it is; `empty` is the field's value when nothing is held."""
    return Register(merge, lambda v: {name: v}, lambda r: _or_clear(getattr(r, name), empty), fits)


def _enum(name: str, kind: type[StrEnum], empty: Any, merge: Merge = Merge.QUIET) -> Register:
    known = frozenset(kind)
    return Register(
        merge,
        lambda v: {name: kind(v)},
        lambda r: _or_clear(_value(getattr(r, name)), _value(empty)),
        lambda v: isinstance(v, str) and v in known,
    )


def _texts(name: str) -> Register:
    """A list of texts; an empty one holds nothing."""
    return Register(
        Merge.QUIET,
        lambda v: {name: tuple(v)},
        lambda r: list(getattr(r, name)) or CLEAR,
        lambda v: isinstance(v, list) and all(map(_is_text, v)),
    )


def _value(value: Any) -> Any:
    return value.value if isinstance(value, Enum) else value


def _or_clear(value: Any, empty: Any) -> Json:
    return CLEAR if value is None or value == empty else value


def slot_to_json(slot: Slot | None) -> Json:
    """A slot as operations carry it; an empty slot is {}."""
    if isinstance(slot, TeamSlot):
        return {"team": slot.team_id}
    if isinstance(slot, TagSlot):
        return {"tag": slot.tag_id}
    if isinstance(slot, OutcomeSlot):
        return {slot.outcome: slot.match_id}
    if isinstance(slot, UnknownSlot):
        return {"text": slot.text}
    return {}


def slot_from_json(value: Json) -> Slot | None:
    """The slot that `slot_to_json` wrote."""
    match value:
        case {"team": team_id}:
            return TeamSlot(team_id)
        case {"tag": tag_id}:
            return TagSlot(tag_id)
        case {"winner": match_id}:
            return OutcomeSlot(match_id, "winner")
        case {"loser": match_id}:
            return OutcomeSlot(match_id, "loser")
        case {"text": text}:
            return UnknownSlot(text)
    return None


def _slot(name: str) -> Register:
    def write(record: Any) -> Json:
        slot = getattr(record, name)
        return CLEAR if slot is None else slot_to_json(slot)

    return Register(Merge.HUMAN, lambda v: {name: slot_from_json(v)}, write, _is_slot)


def _referees() -> Register:
    return Register(
        Merge.QUIET,
        lambda v: {"referees": tuple(slot_from_json(slot) for slot in v)},
        lambda r: [slot_to_json(slot) for slot in r.referees] if r.referees else CLEAR,
        lambda v: isinstance(v, list) and all(_is_slot(slot) for slot in v),
    )


def _is_slot(value: Json) -> bool:
    return isinstance(value, dict) and all(isinstance(named, str) for named in value.values())


def place_to_json(field_id: str | None, previous_id: str | None) -> Json:
    """Where a row stands: its field and the row before it, one unit, because a predecessor lies on the same field."""
    value = {}
    if field_id is not None:
        value["field"] = field_id
    if previous_id is not None:
        value["previous"] = previous_id
    return value if value else CLEAR


def start_to_json(start: records.Start) -> Json:
    value: dict[str, Json] = {"at": start.at_ms}
    if start.head_ref:
        value["head_ref"] = start.head_ref
    if start.override:
        value["override"] = start.override
    if start.stones is not None:
        value["stones"] = start.stones
    return value


def _start_from_json(value: Json) -> records.Start:
    return records.Start(
        at_ms=value["at"],
        head_ref=value.get("head_ref", ""),
        override=value.get("override", ""),
        stones=value.get("stones"),
    )


def result_to_json(result: records.Result) -> Json:
    """The one unit {ending, winner, ended} that a person states, with a stated score where there is one."""
    value: dict[str, Json] = {"ending": result.ending.value, "ended": result.ended_ms}
    if result.winner is not None:
        value["winner"] = result.winner.value
    if result.stated_score is not None:
        score = result.stated_score
        value["score"] = {"sets": list(score.sets), "points": list(score.points), "text": score.text}
    return value


def result_from_json(value: Json) -> records.Result:
    score = value.get("score")
    return records.Result(
        ending=Ending(value["ending"]),
        winner=Side(value["winner"]) if "winner" in value else None,
        ended_ms=value["ended"],
        stated_score=None
        if score is None
        else records.Score(sets=tuple(score["sets"]), points=tuple(score["points"]), text=score["text"]),
    )


def _is_start(value: Json) -> bool:
    return (
        isinstance(value, dict)
        and _is_instant(value.get("at"))
        and _is_text(value.get("head_ref", ""))
        and _is_text(value.get("override", ""))
        and _is_count(value.get("stones", 0))
    )


def _is_result(value: Json) -> bool:
    return (
        isinstance(value, dict)
        and _is_text(value.get("ending"))
        and value["ending"] in _ENDINGS
        and _is_text(value.get("winner", ""))
        and value.get("winner", Side.TEAM1) in _SIDES
        and _is_instant(value.get("ended"))
        and _is_score(value.get("score", {"sets": [0, 0], "points": [0, 0], "text": ""}))
    )


def _is_score(value: Json) -> bool:
    if not isinstance(value, dict) or not _is_text(value.get("text")):
        return False
    pairs = (value.get("sets"), value.get("points"))
    return all(isinstance(pair, list) and len(pair) == 2 and all(map(_is_count, pair)) for pair in pairs)


def _is_stage(value: Json) -> bool:
    return isinstance(value, list) and len(value) == 2 and all(map(_is_count, value)) and value[1] in _STAGES


def _assignment(record: records.Tag) -> Json:
    if record.team_id is None:
        return CLEAR
    return {"team": record.team_id, "at": record.assigned_ms or 0}


_ARCHIVED: Final = "archived"
_BORN: Final = "rank"

REGISTERS: Final[Mapping[str, Mapping[str, Register]]] = {
    "event": {
        "name": _text("name"),
        "place": _text("place", empty=""),
        "zone": _text("zone", empty="UTC"),
        "source": _text("source", empty=""),
        "first_day": _text("first_day", empty=""),
        "last_day": _text("last_day", empty=""),
        "languages": _texts("languages"),
        "most_teams": _plain("most_teams", _is_count),
        "most_on_roster": _plain("most_on_roster", _is_count),
        "most_on_field": _plain("most_on_field", _is_count),
        "head_refs": _enum("head_refs", HeadRefs, HeadRefs.LISTED),
        "win_points": _plain("win_points", _is_count, empty=3),
        "draw_points": _plain("draw_points", _is_count, empty=1),
        "loss_points": _plain("loss_points", _is_count, empty=0),
    },
    "team": {
        "rank": _plain("rank", _is_whole),
        "key": _text("key"),
        "name": _text("name"),
        "shortname": _text("shortname", empty=""),
        "colour": _text("colour", empty=""),
        "logo": _text("logo", empty=""),
    },
    "field": {
        "rank": _plain("rank", _is_whole),
        "name": _text("name"),
        "cameras": _texts("cameras"),
    },
    "tag": {
        "rank": _plain("rank", _is_whole),
        "name": _text("name"),
        "team": Register(
            Merge.HUMAN,
            lambda v: {"team_id": v["team"], "assigned_ms": v["at"]},
            _assignment,
            lambda v: isinstance(v, dict) and _is_text(v.get("team")) and _is_instant(v.get("at")),
        ),
        "expression": _text("expression", empty=""),
    },
    "variable": {"rank": _plain("rank", _is_whole), "name": _text("name"), "expression": _text("expression")},
    "group": {"rank": _plain("rank", _is_whole), "name": _text("name")},
    "match": {
        "rank": _plain("rank", _is_whole),
        "name": _text("name"),
        "kind": _enum("kind", MatchKind, None),
        "place": Register(
            Merge.HUMAN,
            lambda v: {"field_id": v.get("field"), "previous_id": v.get("previous")},
            lambda r: place_to_json(r.field_id, r.previous_id),
            _is_slot,
        ),
        "planned_ms": _plain("planned_ms", _is_instant, Merge.HUMAN),
        "length_min": _plain("length_min", _is_count),
        "team1": _slot("team1"),
        "team2": _slot("team2"),
        "referees": _referees(),
        "skip_condition": _text("skip_condition", empty=""),
        "set_type": _enum("set_type", SetType, SetType.SETS),
        "sets": _plain("sets", _is_count),
        "stones_per_set": _plain("stones_per_set", _is_count),
        "ribbon": _plain("ribbon", _is_flag, empty=False),
        "group": Register(Merge.QUIET, lambda v: {"group_id": v}, lambda r: _or_clear(r.group_id, None), _is_text),
        "mode": _text("mode", empty=""),
        "stage": Register(
            Merge.STAGE,
            lambda v: {"stage": Stage(v[1])},
            lambda r: [0, int(r.stage)] if r.stage else CLEAR,
            _is_stage,
        ),
        "start": Register(
            Merge.QUIET,
            lambda v: {"start": _start_from_json(v)},
            lambda r: CLEAR if r.start is None else start_to_json(r.start),
            _is_start,
        ),
        "result": Register(
            Merge.HUMAN,
            lambda v: {"result": result_from_json(v)},
            lambda r: CLEAR if r.result is None else result_to_json(r.result),
            _is_result,
        ),
        "initial_note": _text("initial_note", empty=""),
        "final_note": _text("final_note", empty=""),
        "stones_remaining": _plain("stones_remaining", _is_count),
    },
    "point": {
        "rank": _plain("rank", _is_whole),
        "match": Register(Merge.QUIET, lambda v: {"match_id": v}, lambda r: r.match_id, _is_text),
        "start_ms": _plain("start_ms", _is_instant),
        "end_ms": _plain("end_ms", _is_instant),
        "winner": _enum("winner", Side, None),
        "rerun": _plain("rerun", _is_flag, empty=False),
        "set_number": _plain("set_number", _is_count),
        "stones_at_start": _plain("stones_at_start", _is_count),
        "note": _text("note", empty=""),
    },
    "player": {
        "rank": _plain("rank", _is_whole),
        "team": Register(Merge.QUIET, lambda v: {"team_id": v}, lambda r: _or_clear(r.team_id, None), _is_text),
        "number": _text("number", empty=""),
        "paid": _plain("paid", _is_flag, empty=False),
        "head_ref": _plain("head_ref", _is_flag, empty=False),
        # the entry into which this one was merged: looked at only when somebody is to be forgotten
        "same_as": Register(Merge.QUIET, lambda _: {}, lambda _: CLEAR, _is_text),
    },
    "mode": {
        "rank": _plain("rank", _is_whole),
        "name": _text("name"),
        "counting": _enum("counting", Counting, Counting.BEST_OF),
        "sets": _plain("sets", _is_count, empty=1),
        "points_per_set": _plain("points_per_set", _is_count),
        "stones_per_set": _plain("stones_per_set", _is_count),
        "minutes": _plain("minutes", _is_count),
        "length_min": _plain("length_min", _is_count),
    },
    "penalty_type": {
        "rank": _plain("rank", _is_whole),
        "name": _text("name"),
        "colour": _text("colour"),
        "description": _text("description", empty=""),
    },
    "dismissal": {"rank": _plain("rank", _is_whole), "reason": _text("reason", empty="")},
    "person": {
        "rank": _plain("rank", _is_whole),
        "roles": Register(
            Merge.HUMAN,
            lambda v: {"roles": frozenset(Role(role) for role in v)},
            lambda r: sorted(role.value for role in r.roles) if r.roles else CLEAR,
            lambda v: isinstance(v, list) and all(isinstance(role, str) and role in _ROLES for role in v),
        ),
    },
}
"""Every register of every kind. `archived` (class F) exists on all and is not listed. `rank` is written at birth."""

_TYPES: Final[Mapping[str, type[Any]]] = {
    "event": records.EventInfo,
    "team": records.Team,
    "field": records.Field,
    "tag": records.Tag,
    "variable": records.Variable,
    "group": records.Group,
    "match": records.Match,
    "point": records.Point,
    "person": records.Person,
    "player": records.Player,
    "mode": records.Mode,
    "penalty_type": records.PenaltyType,
    "dismissal": records.Dismissal,
}

COLLECTIONS: Final[Mapping[str, str]] = {
    "team": "teams",
    "field": "fields",
    "tag": "tags",
    "variable": "variables",
    "group": "groups",
    "match": "matches",
    "point": "points",
    "person": "people",
    "player": "players",
    "mode": "modes",
    "penalty_type": "penalty_types",
    "dismissal": "dismissals",
}
"""Kind of record -> name of its mapping in `Event`."""

_REQUIRED: Final[Mapping[str, Sequence[str]]] = {
    "event": ("name",),
    "team": ("key", "name"),
    "field": ("name",),
    "tag": ("name",),
    "variable": ("name", "expression"),
    "group": ("name",),
    "match": ("name", "kind"),
    "point": ("match", "start_ms"),
    "person": (),
    "player": (),
    "mode": ("name",),
    "penalty_type": ("name", "colour"),
    "dismissal": (),
}


def merge_class(kind: str, register: str) -> Merge | None:
    """The class by which a register merges; None for one this build does not know."""
    if register == _ARCHIVED:
        return Merge.ARCHIVE
    known = REGISTERS.get(kind, {}).get(register)
    return None if known is None else known.merge


def fits(kind: str, register: str, value: Json) -> bool:
    """Whether a register takes this value: CLEAR always, anything in a register that this build does not know."""
    if value is CLEAR:
        return True
    if register == _ARCHIVED:
        return isinstance(value, bool)
    known = REGISTERS.get(kind, {}).get(register)
    return known is None or known.fits(value)


def build(reference: str, values: Mapping[str, Json]) -> Any | None:
    """The record that these register values describe; None while it is archived or lacks what it cannot be without."""
    kind = kind_of(reference)
    registers = REGISTERS.get(kind)
    if registers is None or values.get(_ARCHIVED) is True:
        return None
    if any(name not in values for name in _REQUIRED[kind]):
        return None
    arguments: dict[str, Any] = {"id": id_of(reference)}
    for name, value in values.items():
        register = registers.get(name)
        if register is not None:
            arguments.update(register.read(value))
    return _TYPES[kind](**arguments)


def registers_of(record: Any) -> dict[str, Json]:
    """The register values of a record, without those that hold nothing."""
    kind = kind_of_record(record)
    values = {name: register.write(record) for name, register in REGISTERS[kind].items()}
    return {name: value for name, value in values.items() if value is not CLEAR}


def kind_of_record(record: Any) -> str:
    for kind, type_ in _TYPES.items():
        if isinstance(record, type_):
            return kind
    raise TypeError(f"{type(record).__name__} is no record of an event")


def creation(reference: str, record: Any) -> Writes:
    """The writes that bring a record into being."""
    return {reference: registers_of(record)}


def difference(before: Any, after: Any) -> dict[str, Json]:
    """The register writes that turn one state of a record into another."""
    old, new = registers_of(before), registers_of(after)
    changed: dict[str, Json] = {name: value for name, value in new.items() if old.get(name) != value}
    changed.update({name: CLEAR for name in old if name not in new})
    return changed


def merged(*parts: Writes) -> dict[str, dict[str, Json]]:
    """Several writes as one; of two writes to one register the later counts."""
    result: dict[str, dict[str, Json]] = {}
    for part in parts:
        for reference, values in part.items():
            result.setdefault(reference, {}).update(values)
    return result


def apply(event: records.Event, writes: Writes) -> records.Event:
    """The event after these writes, as if nobody else had written.

    For previews, handlers and tests of the pure rings.
    """
    collections: dict[str, dict[str, Any]] = {}
    info = event.info
    for reference, values in writes.items():
        kind, record_id = kind_of(reference), id_of(reference)
        if kind == "event":
            rebuilt = build(reference, _after(registers_of(info), values))
            info = rebuilt if rebuilt is not None else info
            continue
        name = COLLECTIONS[kind]
        if name not in collections:
            collections[name] = dict(getattr(event, name))
        known = collections[name].get(record_id)
        record = build(reference, _after(registers_of(known) if known is not None else {}, values))
        if record is None:
            collections[name].pop(record_id, None)
        else:
            collections[name][record_id] = record
    return replace(event, info=info, **{name: in_order(records_) for name, records_ in collections.items()})


def _after(before: Mapping[str, Json], values: Mapping[str, Json]) -> dict[str, Json]:
    after = {**before, **values}
    return {name: value for name, value in after.items() if value is not CLEAR}


def in_order(records_: Mapping[str, Any]) -> dict[str, Any]:
    """A mapping of records sorted by order of creation, ties by id."""
    return dict(sorted(records_.items(), key=lambda item: (item[1].rank, item[0])))


def field_names(kind: str) -> tuple[str, ...]:
    """The names of a record's fields."""
    return tuple(f.name for f in fields(_TYPES[kind]))

"""Schedule files, the reference's TOML: read with every error at once, imported as writes, exported. Opens no file.

The format is scheduling.md §11; files travel both ways. Reading checks a file by itself; importing needs the event.

Decided differences from the reference (scheduling.md, Decisions):
* quirk 17: one parser for tokens; `X::Winner` is a reference like any other (H023, T25);
* quirk 22: wrong types and tokens are errors with their place, a time with an offset is converted (T11,
  T26-T28, E26);
* quirk 23: rows are also matched by name (E25); an empty `previous_match` clears the link (T16); a match that
  was started or finished is deleted only with consent;
* a tag, field or variable keeps its record when its name is known, whatever id the file gives it;
* `next_match` is not read: who comes next follows from `previous_match`, which is all the solver ever reads;
* a file without `[[variables]]` leaves the variables as they are.

Ids: a match's uuid is its record id; the desk's own ids are written as UUIDs of version 8 that can be read back.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any, Final

from arctos_desk.ass import is_name, read
from arctos_desk.ass.world import cyclic_variables
from arctos_desk.scheduling import chain
from arctos_desk.scheduling.ass_words import VOCABULARY
from arctos_desk.scheduling.edits import FORBIDDEN_IN_NAMES, LATEST, LONGEST_LENGTH
from arctos_desk.scheduling.solution import Solution
from arctos_desk.tournament.ids import Chance, new_id, ref
from arctos_desk.tournament.instants import Instant, from_datetime, from_iso, to_iso
from arctos_desk.tournament.kinds import MatchKind, SetType, Stage
from arctos_desk.tournament.reasons import Finding, Problem, Refused
from arctos_desk.tournament.records import Event, Field, Match, Tag, Team, Variable
from arctos_desk.tournament.registers import Json, Writes, difference, registers_of
from arctos_desk.tournament.tokens import (
    BadToken,
    OutcomeSlot,
    Slot,
    TagSlot,
    TeamSlot,
    TokenText,
    UnknownSlot,
    parse_token,
)
from arctos_desk.tournament.words import Words, say

SECTIONS: Final = ("variables", "tags", "fields", "matches")
LONGEST_TEXT: Final = 2_000_000
"""Characters of a file; 137 matches take about 40,000."""
EARLIEST: Final = from_iso("1970-01-01")
_ID: Final = re.compile(r"[0-9A-Za-z][0-9A-Za-z_-]{0,63}\Z")
_OWN_ID: Final = re.compile(r"[0-9a-f]{20}\Z")
_OWN_UUID: Final = re.compile(r"([0-9a-f]{8})-([0-9a-f]{4})-8([0-9a-f]{3})-8([0-9a-f]{3})-([0-9a-f]{2})0{10}\Z")
_AT: Final = re.compile(r"\(at (line \d+, column \d+)\)")
_AT_END: Final = re.compile(r" \(at .*\)$")


# what a file says
# -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class FileVariable:
    name: str
    expression: str
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FileTag:
    name: str
    file_id: str = ""
    team: str = ""
    expression: str = ""
    line: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class FileField:
    name: str
    file_id: str = ""
    camera: str = ""
    line: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class FileMatch:
    """A row of `[[matches]]`; slots as the file writes them, all readable as tokens.

    `previous` is None when the file says nothing, "" when it clears the link.
    """

    name: str
    uuid: str = ""
    field: str | None = None
    kind: MatchKind = MatchKind.STATIC
    set_type: SetType = SetType.SETS
    length_min: int | None = None
    sets: int | None = None
    stones_per_set: int | None = None
    ribbon: bool = False
    team1: str = ""
    team2: str = ""
    referees: tuple[str, ...] = ()
    skip_condition: str = ""
    planned_ms: Instant | None = None
    previous: str | None = None
    line: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class ScheduleFile:
    """A schedule file that is right in itself. `variables` is None when the file has no such section."""

    event: str = ""
    variables: tuple[FileVariable, ...] | None = None
    tags: tuple[FileTag, ...] = ()
    fields: tuple[FileField, ...] = ()
    matches: tuple[FileMatch, ...] = ()


# reading
# ------------------------------------------------------------------------------------------------------------------


def read_schedule(text: str) -> ScheduleFile:
    """The file's content. Raises Refused with every error in it, each with its place (line: section row key)."""
    return _Reader(_parsed(text), _Lines(text)).read()


def read_toml(text: str) -> dict[str, Any]:
    """The raw document of a schedule file. Raises Refused, with the place, when it is too long or no TOML."""
    if len(text) > LONGEST_TEXT:
        raise Refused(
            [
                Problem(
                    "TOO_LONG",
                    say("This file has {length} characters; {most} are possible", length=len(text), most=LONGEST_TEXT),
                )
            ]
        )
    try:
        text.encode()
        return tomllib.loads(text.removeprefix("\ufeff"))
    except RecursionError:
        place = f"line {_deepest_line(text)}"
        raise Refused([Problem("NOT_TOML", say("This file nests its values too deep"), place=place)]) from None
    except ValueError as wrong:
        found = _AT.search(str(wrong))
        words = say("This is not TOML: {message}", message=_AT_END.sub("", str(wrong)))
        # What is missing at the end is missing on the last line.
        place = found[1] if found else f"line {text.rstrip().count(chr(10)) + 1}"
        raise Refused([Problem("NOT_TOML", words, place=place)]) from None


def _deepest_line(text: str) -> int:
    """The line on which brackets are nested deepest first; those in texts count too, which is near enough."""
    depth = most = 0
    line = 1
    for number, content in enumerate(text.split("\n"), start=1):
        for mark in content:
            depth += (mark in "[{") - (mark in "]}")
            if depth > most:
                most, line = depth, number
    return line


def _parsed(text: str) -> dict[str, Any]:
    """The raw document. Raises Refused when it is no TOML, too long, or a section is no list of tables."""
    document = read_toml(text)
    problems = []
    lines = _Lines(text)
    for section in SECTIONS:
        rows = document.get(section, [])
        if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
            words = say("{section} must be a list of tables, written [[{section}]]", section=section)
            problems.append(Problem("NOT_ARRAY_OF_TABLES", words, place=f"line {lines.of_root(section)}: {section}"))
    if problems:
        raise Refused(problems)
    return document


class _Lines:
    """On which line each table and each of its keys stands; 0 where the file writes them in one line with others."""

    def __init__(self, text: str) -> None:
        self._tables: dict[str, list[tuple[int, dict[str, int]]]] = {section: [] for section in SECTIONS}
        self._root: dict[str, int] = {}
        keys: dict[str, int] = self._root
        closing = ""
        for number, line in enumerate(text.splitlines(), 1):
            if closing:
                closing = "" if closing in line else closing
                continue
            stripped = line.strip()
            if stripped.startswith("["):
                name = stripped.strip("[]").partition("]")[0].strip().strip("\"'")
                keys = {}
                if stripped.startswith("[[") and name in self._tables:
                    self._tables[name].append((number, keys))
                continue
            key, equals, value = stripped.partition("=")
            if equals and not stripped.startswith("#"):
                keys.setdefault(key.strip().strip("\"'"), number)
                opening = value.strip()[:3]
                if opening in ('"""', "'''") and value.strip().find(opening, 3) < 0:
                    closing = opening

    def of_root(self, key: str) -> int:
        return self._root.get(key, 0) or next((line for line, _ in self._tables.get(key, ())), 0)

    def of(self, section: str, place: int, key: str = "") -> int:
        tables = self._tables[section]
        if place >= len(tables):
            return self._root.get(section, 0)
        line, keys = tables[place]
        return keys.get(key, line)


class _Reader:
    """Reads the tables of one document and collects what is wrong."""

    def __init__(self, document: Mapping[str, Any], lines: _Lines) -> None:
        self.document = document
        self.lines = lines
        self.semantic: list[Problem] = []
        self.rows: list[Problem] = []

    def read(self) -> ScheduleFile:
        event = self.document.get("event", "")
        if not isinstance(event, str):
            self._wrong("WRONG_TYPE", say("event must be a text"), place=f"line {self.lines.of_root('event')}: event")
        matches = [self._match(row, place) for place, row in enumerate(self._tables("matches"))]
        of_matches, self.rows = self.rows, []
        variables = tuple(self._variable(row, place) for place, row in enumerate(self._tables("variables")))
        self._check_variables(variables)
        tags = tuple(self._tag(row, place) for place, row in enumerate(self._tables("tags")))
        fields = tuple(self._field(row, place) for place, row in enumerate(self._tables("fields")))
        self._twice("tags", [(tag.name, "") for tag in tags])
        self._twice("fields", [(one.name, "") for one in fields])
        self._references(matches, tags, fields)
        self.rows += of_matches
        self._twice("matches", [(one.name, "" if one.kind.is_game else f"{one.kind} {one.field}") for one in matches])
        self._uuids_twice(matches)
        if self.semantic or self.rows:
            raise Refused([*self.semantic, *self.rows])
        return ScheduleFile(
            event=event,
            variables=variables if "variables" in self.document else None,
            tags=tags,
            fields=fields,
            matches=tuple(matches),
        )

    def _tables(self, section: str) -> Sequence[Mapping[str, Any]]:
        rows: Sequence[Mapping[str, Any]] = self.document.get(section, [])
        return rows

    def _wrong(self, code: str, words: Words, *, place: str, semantic: bool = False) -> None:
        (self.semantic if semantic else self.rows).append(Problem(code, words, place=place))

    def _place(self, section: str, place: int, name: str, key: str = "") -> str:
        line = self.lines.of(section, place, key)
        row = " ".join(part for part in (section, name, key) if part)
        return f"line {line}: {row}" if line else row

    # values

    def _text(self, section: str, place: int, row: Mapping[str, Any], key: str) -> str:
        value = row.get(key, "")
        if isinstance(value, str):
            return value.strip()
        words = say("{key} must be a text", key=key)
        self._wrong("WRONG_TYPE", words, place=self._place(section, place, _shown(row), key))
        return ""

    def _number(self, place: int, row: Mapping[str, Any], key: str, least: int, most: int, code: str) -> int | None:
        value = row.get(key)
        if value is None:
            return None
        at = self._place("matches", place, _shown(row), key)
        if not isinstance(value, int) or isinstance(value, bool):
            self._wrong("WRONG_TYPE", say("{key} must be a whole number", key=key), place=at)
            return None
        if not least <= value <= most:
            words = say("{key} must lie between {least} and {most}", key=key, least=least, most=most)
            self._wrong(code, words, place=at)
            return None
        return value

    def _name(self, section: str, place: int, row: Mapping[str, Any]) -> str:
        value = row.get("name", "")
        at = self._place(section, place, _shown(row), "name")
        if not isinstance(value, str):
            self._wrong("WRONG_TYPE", say("{key} must be a text", key="name"), place=at)
            return ""
        name = value.strip()
        if not name:
            self._wrong("NAME_REQUIRED", say("A name is missing"), place=at)
        elif any(part in name for part in FORBIDDEN_IN_NAMES) or any(ord(letter) < 32 for letter in name):
            self._wrong("NAME_CHARS", say("{name} must not contain a comma, a slash or ::", name=name), place=at)
        return name

    def _file_id(self, section: str, place: int, row: Mapping[str, Any]) -> str:
        value = row.get("id", "")
        if isinstance(value, int) and not isinstance(value, bool):
            return str(value)
        if isinstance(value, str) and (not value.strip() or _ID.match(value.strip())):
            return value.strip()
        at = self._place(section, place, _shown(row), "id")
        self._wrong("BAD_ID", say("This is no id"), place=at)
        return ""

    def _time(self, place: int, row: Mapping[str, Any], key: str) -> Instant | None:
        value = row.get(key)
        if value is None or value == "":
            return None
        at = self._place("matches", place, _shown(row), key)
        moment: Instant | None = None
        try:
            if isinstance(value, datetime):
                moment = from_datetime(value)
            elif isinstance(value, str):
                moment = from_iso(value)
        except (ValueError, OverflowError):
            moment = None
        if moment is None or not EARLIEST <= moment < LATEST:
            shown = value.isoformat() if isinstance(value, date) else str(value)
            words = say("{value} is no time that can be read, like 2026-05-02T10:00:00", value=shown[:80])
            self._wrong("BAD_TIME", words, place=at)
            return None
        return moment

    def _choice(self, place: int, row: Mapping[str, Any], key: str, choices: Iterable[str], default: str) -> str:
        value = row.get(key, "")
        if value == "":
            return default
        known = [str(choice) for choice in choices]
        if isinstance(value, str) and value.strip().upper() in known:
            return value.strip().upper()
        words = say(
            "{value} is not possible here; choose one of {choices}", value=str(value)[:80], choices=tuple(known)
        )
        code = "TYPE" if key == "schedule_type" else "WRONG_TYPE"
        self._wrong(code, words, place=self._place("matches", place, _shown(row), key))
        return default

    def _token(self, place: int, row: Mapping[str, Any], key: str, text: str) -> str:
        """The text of a slot, empty when it is no token."""
        try:
            parse_token(text)
        except BadToken as bad:
            words = replace(_BAD_TOKEN[bad.code], params=(("text", text[:80]),))
            self._wrong(bad.code, words, place=self._place("matches", place, _shown(row), key), semantic=True)
            return ""
        return text.strip()

    # rows

    def _variable(self, row: Mapping[str, Any], place: int) -> FileVariable:
        name = self._text("variables", place, row, "name")
        expression = self._text("variables", place, row, "expression")
        at = self._place("variables", place, name, "expression")
        if not name:
            self._wrong("NAME_REQUIRED", say("A name is missing"), place=self._place("variables", place, name, "name"))
        elif not is_name(name):
            self._wrong(
                "BAD_NAME",
                say("{name} is no name for a variable", name=name[:80]),
                place=self._place("variables", place, name, "name"),
            )
        elif VOCABULARY.is_reserved(name):
            self._wrong(
                "RESERVED_NAME",
                say("{name} is a word of the language", name=name),
                place=self._place("variables", place, name, "name"),
            )
        if not expression:
            self._wrong("EXPRESSION_REQUIRED", say("{name} needs an expression", name=name), place=at)
        else:
            self._script(expression, at)
        return FileVariable(name=name, expression=expression, line=self.lines.of("variables", place))

    def _script(self, text: str, at: str) -> None:
        for error in read(text).errors:
            self._wrong(error.code, Words(error.text, error.params), place=at)

    def _check_variables(self, variables: Sequence[FileVariable]) -> None:
        self._twice("variables", [(one.name, "") for one in variables])
        cyclic = cyclic_variables({one.name: one.expression for one in variables if is_name(one.name)})
        if cyclic:
            names = tuple(sorted(cyclic))
            line = min(one.line for one in variables if one.name in cyclic)
            words = say("These variables need each other: {names}", names=names)
            self._wrong("VARIABLE_CYCLE", words, place=f"line {line}: variables")

    def _tag(self, row: Mapping[str, Any], place: int) -> FileTag:
        return FileTag(
            name=self._name("tags", place, row),
            file_id=self._file_id("tags", place, row),
            team=self._text("tags", place, row, "team"),
            expression=self._text("tags", place, row, "expression"),
            line=self.lines.of("tags", place),
        )

    def _field(self, row: Mapping[str, Any], place: int) -> FileField:
        return FileField(
            name=self._name("fields", place, row),
            file_id=self._file_id("fields", place, row),
            camera=self._text("fields", place, row, "camera"),
            line=self.lines.of("fields", place),
        )

    def _match(self, row: Mapping[str, Any], place: int) -> FileMatch:
        name = self._name("matches", place, row)
        kind = MatchKind(self._choice(place, row, "schedule_type", MatchKind, "STATIC"))
        uuid = self._text("matches", place, row, "uuid")
        if uuid and not _ID.match(uuid):
            self._wrong("BAD_ID", say("This is no id"), place=self._place("matches", place, name, "uuid"))
            uuid = ""
        ribbon = row.get("ribbon", False)
        if not isinstance(ribbon, bool):
            at = self._place("matches", place, name, "ribbon")
            self._wrong("WRONG_TYPE", say("{key} must be true or false", key="ribbon"), place=at)
            ribbon = False
        planned = self._time(place, row, "scheduled_start_time")
        live = self._time(place, row, "nominal_start_time")
        tokens = [
            self._token(place, row, key, self._text("matches", place, row, key))
            for key in ("team1_initial", "team2_initial")
        ]
        referees = [
            self._token(place, row, "refs_initial", part)
            for part in self._text("matches", place, row, "refs_initial").split(",")
            if part.strip()
        ]
        length = self._number(place, row, "nominal_length", 0, LONGEST_LENGTH, "LENGTH")
        skip = self._text("matches", place, row, "skip_condition")
        return FileMatch(
            name=name,
            uuid=uuid,
            field=self._text("matches", place, row, "field") or None,
            kind=kind,
            set_type=SetType(self._choice(place, row, "set_type", SetType, "SETS")),
            length_min=0 if kind is MatchKind.JOIN else length,
            sets=self._number(place, row, "nsets", 0, 1_000, "WRONG_TYPE"),
            stones_per_set=self._number(place, row, "stones_per_set", 0, 1_000_000, "WRONG_TYPE"),
            ribbon=ribbon,
            team1=tokens[0],
            team2=tokens[1],
            referees=tuple(token for token in referees if token),
            skip_condition=skip if kind in (MatchKind.SAFE, MatchKind.FAST) else "",
            planned_ms=planned if planned is not None else live,
            previous=self._text("matches", place, row, "previous_match") if "previous_match" in row else None,
            line=self.lines.of("matches", place),
        )

    # rows among each other

    def _references(self, matches: Sequence[FileMatch], tags: Sequence[FileTag], fields: Sequence[FileField]) -> None:
        """Fields, tags and matches that a row names must stand in the file, in the order of the rows."""
        bad = self.semantic
        self.semantic = []
        field_names = {one.name for one in fields}
        tag_names = {tag.name for tag in tags}
        match_names = {match.name for match in matches}
        for place, match in enumerate(matches):
            if match.field is not None and match.field not in field_names:
                words = say("Field {field} is not in this file", field=match.field)
                at = self._place("matches", place, match.name, "field")
                self._wrong("FIELD_NOT_IN_FILE", words, place=at, semantic=True)
            slots = [("team1_initial", match.team1), ("team2_initial", match.team2)]
            slots += [("refs_initial", token) for token in match.referees]
            for key, text in slots:
                token = parse_token(text)
                if token is None or token.kind == "team":
                    continue
                at = self._place("matches", place, match.name, key)
                if token.kind == "tag" and token.name not in tag_names:
                    words = say("Tag {tag} is not in this file", tag=token.name)
                    self._wrong("TAG_NOT_IN_FILE", words, place=at, semantic=True)
                elif token.kind != "tag" and token.name not in match_names:
                    words = say("Match {match} is not in this file", match=token.name)
                    self._wrong("MATCH_NOT_IN_FILE", words, place=at, semantic=True)
        # tokens that could not be read were found first; people look for them by line
        self.semantic = sorted([*bad, *self.semantic], key=lambda problem: _line_of(problem.place))

    def _twice(self, section: str, names: Sequence[tuple[str, str]]) -> None:
        seen: set[tuple[str, str]] = set()
        for place, key in enumerate(names):
            if key[0] and key in seen:
                words = say("{name} stands in this file twice", name=key[0])
                self._wrong("NAME_TAKEN", words, place=self._place(section, place, key[0], "name"))
            seen.add(key)

    def _uuids_twice(self, matches: Sequence[FileMatch]) -> None:
        seen: set[str] = set()
        for place, match in enumerate(matches):
            if match.uuid and match.uuid in seen:
                words = say("Two rows of this file have the same uuid")
                self._wrong("BAD_ID", words, place=self._place("matches", place, match.name, "uuid"))
            seen.add(match.uuid)


_BAD_TOKEN: Final[Mapping[str, Words]] = {
    "EMPTY_TAG": say("{text} names no tag", text=""),
    "EMPTY_MATCH": say("{text} names no match", text=""),
    "BAD_SUFFIX": say("{text} must end in ::winner or ::loser", text=""),
    "TOO_MANY": say("{text} contains :: more than once", text=""),
}


def _shown(row: Mapping[str, Any]) -> str:
    name = row.get("name")
    return name.strip()[:80] if isinstance(name, str) else ""


def _line_of(place: str) -> int:
    head = place.removeprefix("line ").partition(":")[0]
    return int(head) if head.isdecimal() else 0


# importing
# ----------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Import:
    """What an import would do. Nothing has happened yet; `writes` are all or nothing.

    `deleted_matches` go; `kept_matches` were started or finished, are not in the file, and stay for want of consent.
    """

    writes: Writes
    counts: Mapping[str, int]
    findings: tuple[Finding, ...] = ()
    created_matches: tuple[str, ...] = ()
    updated_matches: tuple[str, ...] = ()
    deleted_matches: tuple[str, ...] = ()
    kept_matches: tuple[str, ...] = ()


def import_schedule(
    event: Event,
    file: ScheduleFile,
    *,
    chance: Chance,
    now_ms: Instant = 0,
    delete: bool = True,
    delete_played: bool = False,
) -> Import:
    """The writes that make the event what the file says. Raises Refused.

    Tags, fields and matches that the file does not name are deleted unless `delete` is False; a match that was
    started or finished only with `delete_played`. Real starts, results and points stay with rows that the file names.
    """
    return _Importer(event, file, lambda: new_id(chance), now_ms).run(delete=delete, delete_played=delete_played)


@dataclass(slots=True, eq=False)
class _Importer:
    event: Event
    file: ScheduleFile
    fresh: Callable[[], str]
    now_ms: Instant
    counts: dict[str, int] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    rewritten: dict[str, str] = field(default_factory=dict)
    teams: dict[str, str] = field(default_factory=dict)

    def run(self, *, delete: bool, delete_played: bool) -> Import:
        event, file = self.event, self.file
        for kind in ("tags", "fields", "matches", "variables"):
            self.counts[f"{kind}_created"] = self.counts[f"{kind}_updated"] = 0
        for team in event.teams.values():
            self.teams.setdefault(team.name, team.id)
        self.teams.update({team.key: team.id for team in event.teams.values()})
        same = not file.event or file.event in (event.info.id, event.info.name, event.info.source)

        for row in file.matches:
            self._note_unknown(row)
        tags = self._tags(same)
        fields = self._fields(same)
        variables = self._variables()
        matches, row_ids = self._matches(same, tags, fields)

        played = [match for match in event.matches.values() if match.stage >= Stage.LIVE and match.id not in row_ids]
        gone = [match for match in event.matches.values() if match.id not in row_ids]
        kept = played if delete and not delete_played else []
        if not delete:
            gone, kept = [], []
            played = []
        gone = [match for match in gone if match not in kept]
        for match in gone:
            chain.remove(matches, match.id)
        writes = self._writes(matches, tags, fields, variables, delete=delete, gone={match.id for match in gone})
        for match in kept:
            words = say("{match} was played and is not in the file: it stays", match=match.name)
            self.findings.append(Finding("PLAYED_KEPT", words, (ref("match", match.id),)))
        created = [match_id for match_id in row_ids if match_id not in event.matches]
        return Import(
            writes=writes,
            counts=self.counts,
            findings=tuple(self.findings),
            created_matches=tuple(created),
            updated_matches=tuple(match_id for match_id in row_ids if match_id in event.matches),
            deleted_matches=tuple(match.id for match in gone),
            kept_matches=tuple(match.id for match in kept),
        )

    # unknown teams

    def _unknown(self, name: str) -> None:
        if name not in self.rewritten:
            self.rewritten[name] = _legal(name)
            words = say("{team} is no team registered here: it is imported as a tag", team=name)
            self.findings.append(Finding("TEAM_REWRITTEN_TO_TAG", words))

    def _note_unknown(self, match: FileMatch) -> None:
        """Note a match's unknown teams as tags, in order of appearance."""
        for text in (match.team1, match.team2, *match.referees):
            token = parse_token(text)
            if token is not None and token.kind == "team" and token.name not in self.teams:
                self._unknown(token.name)
        self._rewritten(match.skip_condition)

    def _rewritten(self, text: str) -> str:
        if "[" not in text:
            return text

        def literal(found: re.Match[str]) -> str:
            inside = found.group(1)
            if inside is None or "::" in inside or inside.strip() in self.teams or not inside.strip():
                return found.group(0)
            self._unknown(inside.strip())
            return f"[tag::{_legal(inside.strip())}]"

        return _LITERAL.sub(literal, text)

    # records

    def _tags(self, same: bool) -> dict[str, Tag]:
        """Tags by name as they will be: those of the file, then those that unknown teams became."""
        by_name = {tag.name: tag for tag in self.event.tags.values()}
        rank = max((tag.rank for tag in self.event.tags.values()), default=0)
        found: dict[str, Tag] = {}
        for one in self.file.tags:
            known = self.event.tags.get(one.file_id) if same and one.file_id else None
            known = known or by_name.get(one.name)
            team_id = self.teams.get(one.team) if one.team else None
            if one.team and team_id is None:
                words = say("Tag {tag} stands for {team}, which is not registered here", tag=one.name, team=one.team)
                self.findings.append(Finding("TAG_TEAM_UNKNOWN", words))
            expression = self._rewritten(one.expression)
            if known is None:
                rank += 1
                known = Tag(id=self.fresh(), name=one.name, rank=rank)
                self.counts["tags_created"] += 1
            else:
                self.counts["tags_updated"] += 1
            assigned = None if team_id is None else known.assigned_ms if known.team_id == team_id else self.now_ms
            found[one.name] = replace(
                known, name=one.name, team_id=team_id, assigned_ms=assigned, expression=expression
            )
        for name in dict.fromkeys(self.rewritten.values()):
            if name not in found:
                known = by_name.get(name)
                if known is None:
                    rank += 1
                    known = Tag(id=self.fresh(), name=name, rank=rank)
                    self.counts["tags_created"] += 1
                found[name] = known
        return found

    def _fields(self, same: bool) -> dict[str, Field]:
        by_name = {one.name: one for one in self.event.fields.values()}
        rank = max((one.rank for one in self.event.fields.values()), default=0)
        found: dict[str, Field] = {}
        for one in self.file.fields:
            known = self.event.fields.get(one.file_id) if same and one.file_id else None
            known = known or by_name.get(one.name)
            if known is None:
                rank += 1
                known = Field(id=self.fresh(), name=one.name, rank=rank)
                self.counts["fields_created"] += 1
            else:
                self.counts["fields_updated"] += 1
            cameras = known.cameras
            if one.camera and (not cameras or cameras[0] != one.camera):
                cameras = (one.camera, *cameras[1:])
            elif not one.camera:
                cameras = ()
            found[one.name] = replace(known, name=one.name, cameras=cameras)
        return found

    def _variables(self) -> dict[str, Variable] | None:
        if self.file.variables is None:
            return None
        by_name = {one.name: one for one in self.event.variables.values()}
        rank = max((one.rank for one in self.event.variables.values()), default=0)
        found: dict[str, Variable] = {}
        for one in self.file.variables:
            known = by_name.get(one.name)
            expression = self._rewritten(one.expression)
            if known is None:
                rank += 1
                known = Variable(id=self.fresh(), name=one.name, expression=expression, rank=rank)
                self.counts["variables_created"] += 1
            else:
                self.counts["variables_updated"] += 1
            found[one.name] = replace(known, expression=expression)
        return found

    def _matches(
        self, same: bool, tags: Mapping[str, Tag], fields: Mapping[str, Field]
    ) -> tuple[dict[str, Match], list[str]]:
        """All matches after the import but for deletions, and the ids of the file's rows in their order."""
        event = self.event
        by_uuid = {file_uuid(match.id): match for match in event.matches.values()}
        names: dict[tuple[str, str | None], Match] = {}
        for match in event.matches.values():
            names.setdefault((match.name, None if match.kind.is_game else match.field_id), match)
        rank = max((match.rank for match in event.matches.values()), default=0)
        rows: dict[str, tuple[FileMatch, Match]] = {}
        for one in self.file.matches:
            field_id = fields[one.field].id if one.field is not None else None
            known = by_uuid.get(one.uuid) if same and one.uuid else None
            if known is None or known.id in rows:
                known = names.get((one.name, None if one.kind.is_game else field_id))
            if known is not None and (known.id in rows or known.kind.is_game != one.kind.is_game):
                known = None
            if known is None:
                rank += 1
                match_id = record_id(one.uuid) if same and one.uuid else ""
                if not match_id or match_id in event.matches or match_id in rows:
                    match_id = self.fresh()
                known = Match(id=match_id, name=one.name, rank=rank)
                self.counts["matches_created"] += 1
            else:
                self.counts["matches_updated"] += 1
            rows[known.id] = (one, known)
        matches: dict[str, Match] = dict(event.matches)
        by_name = _ByName(rows, fields)
        for match_id, (one, known) in rows.items():
            field_id = fields[one.field].id if one.field is not None else None

            def slot(text: str, here: str | None = field_id) -> Slot | None:
                return self._slot(parse_token(text), tags, by_name, here)

            previous = known.previous_id if known.id in event.matches else None
            if one.previous is not None:
                previous = by_name.before(one.previous, field_id) if one.previous else None
                if one.previous and previous is None:
                    words = say(
                        "{match} comes after {name}, which is not in the file", match=one.name, name=one.previous
                    )
                    self.findings.append(Finding("PREVIOUS_NOT_IN_FILE", words, (ref("match", match_id),)))
            # what a row waits for gives its plan; the file's is kept only where nothing else gives one
            follows = one.kind.is_dynamic and previous is not None
            matches[match_id] = replace(
                known,
                name=one.name,
                kind=one.kind,
                field_id=field_id,
                previous_id=None if previous == match_id else previous,
                planned_ms=known.planned_ms if one.planned_ms is None or follows else one.planned_ms,
                length_min=one.length_min,
                team1=slot(one.team1),
                team2=slot(one.team2),
                referees=tuple(slot(token) for token in one.referees),
                skip_condition=self._rewritten(one.skip_condition),
                set_type=one.set_type,
                sets=one.sets,
                stones_per_set=one.stones_per_set,
                ribbon=one.ribbon,
            )
        return matches, list(rows)

    def _slot(self, token: TokenText | None, tags: Mapping[str, Tag], names: _ByName, here: str | None) -> Slot | None:
        if token is None:
            return None
        if token.kind == "team":
            team_id = self.teams.get(token.name)
            return TagSlot(tags[self.rewritten[token.name]].id) if team_id is None else TeamSlot(team_id)
        if token.kind == "tag":
            return TagSlot(tags[token.name].id)
        source = names.meant(token.name, here)
        if source is None:
            return UnknownSlot(f"{token.name}::{token.kind}")
        return OutcomeSlot(source, "winner" if token.kind == "winner" else "loser")

    def _writes(
        self,
        matches: Mapping[str, Match],
        tags: Mapping[str, Tag],
        fields: Mapping[str, Field],
        variables: Mapping[str, Variable] | None,
        *,
        delete: bool,
        gone: set[str],
    ) -> Writes:
        event = self.event
        written: dict[str, dict[str, Json]] = {}

        def write(kind: str, before: Any, after: Any) -> None:
            values = registers_of(after) if before is None else difference(before, after)
            if values:
                written[ref(kind, after.id)] = values

        for tag in tags.values():
            write("tag", event.tags.get(tag.id), tag)
        for one in fields.values():
            write("field", event.fields.get(one.id), one)
        for variable in (variables or {}).values():
            write("variable", event.variables.get(variable.id), variable)
        for match in matches.values():
            before = event.matches.get(match.id)
            if before is not match:
                write("match", before, match)
        used_fields = {match.field_id for match in matches.values()}
        used_tags = {
            slot.tag_id
            for match in matches.values()
            for slot in (match.team1, match.team2, *match.referees)
            if isinstance(slot, TagSlot)
        }
        if delete:
            held_tags = {tag.id for tag in tags.values()} | used_tags
            held_fields = {one.id for one in fields.values()} | used_fields
            for tag_id in event.tags.keys() - held_tags:
                written[ref("tag", tag_id)] = {"archived": True}
            for field_id in event.fields.keys() - held_fields:
                written[ref("field", field_id)] = {"archived": True}
            if variables is not None:
                for variable_id in event.variables.keys() - {one.id for one in variables.values()}:
                    written[ref("variable", variable_id)] = {"archived": True}
        for match_id in sorted(gone):
            written[ref("match", match_id)] = {"archived": True}
        for point in event.points.values():
            if point.match_id in gone:
                written[ref("point", point.id)] = {"archived": True}
        return dict(sorted(written.items()))


_LITERAL: Final = re.compile(r";[^\n]*|\{[^}]*\}|\[([^\]]+)\]")
"""A comment, a match literal, or a team literal with what it names."""


class _ByName:
    """The file's rows by name: slots mean the join, the same field, the first; links the same field, else the last."""

    def __init__(self, rows: Mapping[str, tuple[FileMatch, Match]], fields: Mapping[str, Field]) -> None:
        self._rows: dict[str, list[tuple[str, str | None, MatchKind]]] = {}
        for match_id, (one, _) in rows.items():
            field_id = fields[one.field].id if one.field is not None else None
            self._rows.setdefault(one.name, []).append((match_id, field_id, one.kind))

    def meant(self, name: str, here: str | None) -> str | None:
        rows = self._rows.get(name, [])
        for match_id, _, kind in rows:
            if kind is MatchKind.JOIN:
                return match_id
        for match_id, field_id, _ in rows:
            if field_id == here:
                return match_id
        return rows[0][0] if rows else None

    def before(self, name: str, here: str | None) -> str | None:
        rows = self._rows.get(name, [])
        for match_id, field_id, _ in rows:
            if field_id == here:
                return match_id
        return rows[-1][0] if rows else None


def _legal(name: str) -> str:
    """The name of a tag that stands for an unknown team: what names must not contain becomes a hyphen."""
    return re.sub(r"[\x00-\x1f/,\]]|::", "-", name).strip() or "-"


def file_uuid(match_id: str) -> str:
    """A match's uuid in files: its id, where that is the desk's own kind as a UUID of version 8."""
    if _OWN_ID.match(match_id):
        one = match_id
        return f"{one[:8]}-{one[8:12]}-8{one[12:15]}-8{one[15:18]}-{one[18:]}0000000000"
    return match_id


def record_id(uuid: str) -> str:
    """The record id that `file_uuid` wrote."""
    found = _OWN_UUID.match(uuid)
    return uuid if found is None else "".join(found.groups())


# exporting
# ----------------------------------------------------------------------------------------------------------------


def write_schedule(event: Event, solution: Solution, *, counts: bool = True) -> str:
    """The event as a schedule file: definitions, then matches by live time. What happened on the day is not written."""
    lines = [f"# {event.info.name}".replace("\n", " ").replace("\r", " ")]
    if counts:
        lines.append(f"# {len(event.fields)} fields, {len(event.tags)} tags, {len(event.matches)} matches")
    for variable in event.variables.values():
        lines += _table("variables", [("name", variable.name), ("expression", variable.expression)])
    for tag in event.tags.values():
        team = event.teams.get(tag.team_id or "")
        lines += _table(
            "tags",
            [
                ("id", int(tag.id) if tag.id.isdecimal() and len(tag.id) < 10 else None),
                ("name", tag.name),
                ("team", None if team is None else team.key),
                ("expression", tag.expression),
            ],
        )
    for one in event.fields.values():
        lines += _table(
            "fields",
            [
                ("id", int(one.id) if one.id.isdecimal() and len(one.id) < 10 else None),
                ("name", one.name),
                ("camera", one.cameras[0] if one.cameras else None),
            ],
        )
    for match in _by_live_time(event, solution):
        lines += _table("matches", _match_values(event, solution, match))
    return "\n".join(lines) + "\n"


def _by_live_time(event: Event, solution: Solution) -> list[Match]:
    def when(match: Match) -> tuple[bool, int]:
        row = solution.rows.get(match.id)
        live = match.planned_ms if row is None else row.live_ms
        return live is None, live or 0

    return sorted(event.matches.values(), key=when)


def _match_values(event: Event, solution: Solution, match: Match) -> list[tuple[str, Any]]:
    row = solution.rows.get(match.id)
    plan = match.planned_ms if row is None else row.plan_ms
    live = plan if row is None else row.live_ms
    field_ = event.fields.get(match.field_id or "")
    previous = event.matches.get(match.previous_id or "")
    teams = [token_text(event, slot) for slot in (match.team1, match.team2)]
    referees = [token_text(event, slot) for slot in match.referees if slot is not None]
    return [
        ("uuid", file_uuid(match.id)),
        ("name", match.name),
        ("team1_initial", teams[0]),
        ("team2_initial", teams[1]),
        ("refs_initial", ", ".join(referees)),
        ("field", None if field_ is None else field_.name),
        ("skip_condition", match.skip_condition),
        ("scheduled_start_time", None if plan is None else to_iso(plan)),
        ("nominal_start_time", None if live is None else to_iso(live)),
        ("nominal_length", 0 if match.kind is MatchKind.JOIN else match.length_min),
        ("nsets", match.sets),
        ("stones_per_set", match.stones_per_set),
        ("schedule_type", match.kind.value),
        ("set_type", match.set_type.value),
        ("ribbon", True if match.ribbon else None),
        ("previous_match", None if previous is None else previous.name),
    ]


def token_text(event: Event, slot: Slot | None) -> str:
    """A slot as files write it; empty for an empty one."""
    if isinstance(slot, TeamSlot):
        team = event.teams.get(slot.team_id)
        return slot.team_id if team is None else team.key
    if isinstance(slot, TagSlot):
        tag = event.tags.get(slot.tag_id)
        return f"tag::{slot.tag_id if tag is None else tag.name}"
    if isinstance(slot, OutcomeSlot):
        source = event.matches.get(slot.match_id)
        return f"{slot.match_id if source is None else source.name}::{slot.outcome}"
    return slot.text if isinstance(slot, UnknownSlot) else ""


def _table(section: str, values: Iterable[tuple[str, Any]]) -> list[str]:
    lines = ["", f"[[{section}]]"]
    for key, value in values:
        if value is None or value == "":
            continue
        if value is True:
            lines.append(f"{key} = true")
        elif isinstance(value, int):
            lines.append(f"{key} = {value}")
        else:
            lines.append(f"{key} = {_quoted(str(value))}")
    return lines


_ESCAPES: Final = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t"}


def _quoted(text: str) -> str:
    parts = []
    for letter in text:
        if letter in _ESCAPES:
            parts.append(_ESCAPES[letter])
        elif ord(letter) < 32 or ord(letter) == 127:
            parts.append(f"\\u{ord(letter):04x}")
        else:
            parts.append(letter)
    return '"' + "".join(parts) + '"'


__all__ = [
    "FileField",
    "FileMatch",
    "FileTag",
    "FileVariable",
    "Import",
    "ScheduleFile",
    "Team",
    "file_uuid",
    "import_schedule",
    "read_schedule",
    "record_id",
    "token_text",
    "write_schedule",
]

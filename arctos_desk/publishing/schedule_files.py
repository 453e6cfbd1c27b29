"""The schedule for other programs: CSV for spreadsheets, iCalendar for telephones. Writes no schedule file (TOML).

Both show a match at its plan or earlier, as the board does.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

from arctos_desk.operations.views import BlockView, BoardView
from arctos_desk.publishing.sheet import Sheet, sheet_csv
from arctos_desk.publishing.wording import Wording, zone_of
from arctos_desk.tournament.instants import Instant
from arctos_desk.tournament.kinds import MatchKind, Status
from arctos_desk.tournament.words import Words, say

STATUS_WORDS: dict[Status, Words] = {
    Status.NOT_STARTED: say("waiting"),
    Status.TIME_FINALIZED: say("waiting"),
    Status.READY_TO_START: say("ready"),
    Status.IN_PROGRESS: say("running"),
    Status.COMPLETED: say("finished"),
    Status.SKIPPED: say("skipped"),
}


def schedule_sheet(view: BoardView, wording: Wording | None = None) -> Sheet:
    """Every row of the schedule in order of time."""
    speak = wording or Wording(zone_of(view.zone))
    fields = {field.field_id: field.name for field in view.fields}
    rows = [
        (
            speak.date(block.shown_from_ms),
            speak.clock(block.shown_from_ms),
            speak.clock(block.shown_to_ms),
            speak.clock(block.plan_ms),
            fields.get(block.field_id or "", ""),
            block.name,
            _side(block, 0, speak),
            _side(block, 1, speak),
            block.score_text,
            result_words(block, speak),
            ", ".join(speak.of(referee.text) for referee in block.referees),
            speak.text(status_words(block)) if block.is_game else "",
        )
        for block in _by_time(view.blocks, fields)
    ]
    words = (
        say("Day"),
        say("Start"),
        say("End"),
        say("Plan"),
        say("Field"),
        say("Match"),
        say("Team 1"),
        say("Team 2"),
        say("Score"),
        say("Result"),
        say("Referees"),
        say("Status"),
    )
    return Sheet(title=view.event_name, head=tuple(speak.text(word) for word in words), rows=tuple(rows))


def schedule_csv(view: BoardView, wording: Wording | None = None) -> str:
    """The schedule as CSV. Write it as UTF-8 with a mark at the beginning, so that spreadsheets see the umlauts."""
    return sheet_csv(schedule_sheet(view, wording))


def _by_time(blocks: Iterable[BlockView], fields: dict[str, str]) -> list[BlockView]:
    order = {field_id: number for number, field_id in enumerate(fields)}
    return sorted(
        blocks,
        key=lambda block: (
            block.shown_from_ms is None,
            block.shown_from_ms or 0,
            order.get(block.field_id or "", len(order)),
            block.is_game,
            block.name,
        ),
    )


def _side(block: BlockView, place: int, wording: Wording) -> str:
    return wording.of(block.sides[place].text) if place < len(block.sides) else ""


def status_words(block: BlockView) -> Words:
    """What the schedule says of a match, as people say it."""
    return STATUS_WORDS[block.status]


def result_words(block: BlockView, wording: Wording) -> str:
    """Who won, or how the match ended without a winner."""
    winner = next((wording.of(side.text) for side in block.sides if side.winner), "")
    if winner or block.ending is None:
        return winner
    return wording.text(block.ending)


# iCalendar ------------------------------------------------------------------------------------------------------------


def schedule_ical(
    view: BoardView, wording: Wording | None = None, *, team_id: str = "", field_id: str = "", place: str = ""
) -> str:
    """The matches as a calendar (RFC 5545); of one team (playing or refereeing) or one field when told so.

    An entry keeps its identity for ever, so that a calendar taken again moves its entries instead of doubling them.
    """
    speak = wording or Wording(zone_of(view.zone))
    fields = {field.field_id: field.name for field in view.fields}
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Arctos Desk//Schedule//EN",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"NAME:{_escaped(view.event_name)}",  # RFC 7986; the next line is for programs older than it
        f"X-WR-CALNAME:{_escaped(view.event_name)}",
    ]
    for block in _by_time(view.blocks, fields):
        if block.kind is MatchKind.JOIN or block.shown_from_ms is None:
            continue
        teams = {side.team_id for side in (*block.sides, *block.referees)}
        if (team_id and team_id not in teams) or (field_id and block.field_id != field_id):
            continue
        lines.extend(_entry(block, view.now_ms, fields.get(block.field_id or "", ""), place, speak))
    lines.append("END:VCALENDAR")
    return "".join(_folded(line) for line in lines)


def _entry(block: BlockView, now_ms: Instant, field: str, place: str, wording: Wording) -> Sequence[str]:
    begin = block.shown_from_ms or 0
    end = block.shown_to_ms if block.shown_to_ms is not None and block.shown_to_ms > begin else begin
    sides = " – ".join(wording.of(side.text) for side in block.sides)
    summary = f"{block.name}: {sides}" if sides else block.name
    about = [block.score_text, result_words(block, wording)]
    if block.referees:
        names = ", ".join(wording.of(referee.text) for referee in block.referees)
        about.append(wording.text(say("Referees: {names}", names=names)))
    lines = [
        "BEGIN:VEVENT",
        f"UID:{_escaped(block.match_id)}@arctos-desk",
        f"DTSTAMP:{_stamp(now_ms)}",
        f"DTSTART:{_stamp(begin)}",
        f"DTEND:{_stamp(end)}",
        f"SUMMARY:{_escaped(summary)}",
        f"STATUS:{'CANCELLED' if block.status is Status.SKIPPED else 'CONFIRMED'}",
    ]
    location = ", ".join(part for part in (field, place) if part)
    description = "\n".join(part for part in about if part)
    if location:
        lines.append(f"LOCATION:{_escaped(location)}")
    if description:
        lines.append(f"DESCRIPTION:{_escaped(description)}")
    lines.append("END:VEVENT")
    return lines


def _stamp(at_ms: Instant) -> str:
    return datetime.fromtimestamp(at_ms // 1000, UTC).strftime("%Y%m%dT%H%M%SZ")


def _escaped(text: str) -> str:
    visible = "".join(letter for letter in text if letter == "\n" or letter >= " ")
    return visible.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")


def _folded(line: str) -> str:
    """A content line in pieces of at most 75 octets, no letter cut in two (RFC 5545 §3.1)."""
    pieces: list[str] = []
    piece, octets = "", 0
    for letter in line:
        size = len(letter.encode("utf-8", "replace"))
        if octets + size > 75:
            pieces.append(piece)
            piece, octets = " ", 1
        piece += letter
        octets += size
    return "\r\n".join([*pieces, piece]) + "\r\n"

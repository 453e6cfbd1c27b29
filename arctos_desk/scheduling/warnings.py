"""What is odd about a schedule. Never blocks anything; asked for, not pushed.

The six kinds of the reference, in its order: per row unknown_team, missing_team, duplicate_team,
unknown_match_ref; then cycle; then double_booked, by the *planned* intervals, ends exclusive (scheduling.md
§7). Beyond the reference, after them: no_anchor (a dynamic row that waits for nothing, quirk 4 and 27),
no_length (quirk 21), open_outcome (a source that ended without a winner), referees_own_source (a team that
referees the match it waits for), and every script that cannot be read.
"""

from __future__ import annotations

from arctos_desk.scheduling.solution import Row, Solution
from arctos_desk.tournament.ids import ref
from arctos_desk.tournament.instants import MINUTE_MS, Instant
from arctos_desk.tournament.kinds import Stage
from arctos_desk.tournament.reasons import Finding
from arctos_desk.tournament.records import Event, Match
from arctos_desk.tournament.tokens import OutcomeSlot, TagSlot, TeamSlot, UnknownSlot
from arctos_desk.tournament.words import say


def warnings(event: Event, solution: Solution) -> tuple[Finding, ...]:
    """Every warning, in a stable order."""
    found: list[Finding] = []
    for match in event.matches.values():
        found += _of_row(event, match)
        row = solution.rows.get(match.id)
        if row is not None:
            found += _duplicates(match, row)
    found += _cycles(event, solution)
    found += _double_bookings(event, solution)
    found += _beyond(event, solution)
    found += solution.problems
    return tuple(found)


def _of_row(event: Event, match: Match) -> list[Finding]:
    about = (ref("match", match.id),)
    slots = (match.team1, match.team2, *match.referees)
    found = []
    if match.kind.is_game:
        for slot in (match.team1, match.team2):
            if slot is None:
                found.append(Finding("missing_team", say("{match} lacks a team", match=match.name), about))
    for slot in slots:
        if isinstance(slot, UnknownSlot):
            if "::" in slot.text:
                words = say("{match} refers to {text}, which is not there", match=match.name, text=slot.text)
                found.append(Finding("unknown_match_ref", words, about))
            else:
                words = say("{match} names {text}, a team that is not registered", match=match.name, text=slot.text)
                found.append(Finding("unknown_team", words, about))
        elif isinstance(slot, TeamSlot) and slot.team_id not in event.teams:
            words = say("{match} names {text}, a team that is not registered", match=match.name, text=slot.team_id)
            found.append(Finding("unknown_team", words, about))
        elif isinstance(slot, TagSlot) and slot.tag_id not in event.tags:
            words = say("{match} names a tag that is not there", match=match.name)
            found.append(Finding("unknown_team", words, about))
        elif isinstance(slot, OutcomeSlot) and slot.match_id not in event.matches:
            words = say("{match} refers to a match that is not there", match=match.name)
            found.append(Finding("unknown_match_ref", words, about))
    if match.previous_id is not None and match.previous_id not in event.matches:
        words = say("The match before {match} is not there", match=match.name)
        found.append(Finding("unknown_match_ref", words, about))
    return found


def _duplicates(match: Match, row: Row) -> list[Finding]:
    """One warning per team, or open token, that stands in two slots of one match."""
    slots = (match.team1, match.team2, *match.referees)
    teams = (row.team1_id, row.team2_id, *row.referee_ids)
    who: list[object] = [
        slot if team is None else team for slot, team in zip(slots, teams, strict=True) if slot is not None
    ]
    count = dict.fromkeys(who, 0)
    if len(count) == len(who):
        return []
    for one in who:
        count[one] += 1
    words = say("The same team stands in two slots of {match}", match=match.name)
    return [Finding("duplicate_team", words, (ref("match", match.id),)) for number in count.values() if number > 1]


def _cycles(event: Event, solution: Solution) -> list[Finding]:
    """One warning that names every row in or behind a cycle, by name and field."""
    rows = [event.matches[match_id] for match_id in solution.in_cycle if match_id in event.matches]
    if not rows:
        return []
    rows.sort(key=lambda match: (match.name, match.field_id or "", match.id))
    words = say("These wait for each other: {matches}", matches=tuple(match.name for match in rows))
    return [Finding("cycle", words, tuple(ref("match", match.id) for match in rows))]


def _double_bookings(event: Event, solution: Solution) -> list[Finding]:
    """Pairs of rows that share a team or referee while their planned intervals overlap."""
    spans: dict[str, list[tuple[Instant, Instant, int, str]]] = {}
    matches = list(event.matches.values())
    for place, match in enumerate(matches):
        row = solution.rows.get(match.id)
        if row is None or row.plan_ms is None:
            continue
        span = (row.plan_ms, row.plan_ms + row.length_min * MINUTE_MS, place, match.id)
        for team in {row.team1_id, row.team2_id, *row.referee_ids} - {None}:
            spans.setdefault(str(team), []).append(span)
    pairs: dict[tuple[int, int], list[str]] = {}
    for team, booked in spans.items():
        booked.sort()
        open_: list[tuple[Instant, Instant, int, str]] = []
        for span in booked:
            start, end, place, _ = span
            open_ = [other for other in open_ if other[1] > start]
            for other in open_:
                if other[0] < end:
                    key = (other[2], place) if other[2] < place else (place, other[2])
                    pairs.setdefault(key, []).append(team)
            open_.append(span)
    found = []
    for (one, two), teams in sorted(pairs.items()):
        names = tuple(sorted(event.teams[team].name if team in event.teams else team for team in teams))
        first, second = matches[one], matches[two]
        words = say(
            "{teams}: planned in {first} and {second} at once", teams=names, first=first.name, second=second.name
        )
        found.append(Finding("double_booked", words, (ref("match", first.id), ref("match", second.id))))
    return found


def _beyond(event: Event, solution: Solution) -> list[Finding]:
    """What the reference does not warn about."""
    found: list[Finding] = []
    day = solution.day
    for match in event.matches.values():
        if match.length_min is None:
            words = say("{match} has no length: what follows it cannot be timed", match=match.name)
            found.append(Finding("no_length", words, (ref("match", match.id),)))
        if match.kind.is_dynamic and day is not None and match.id in day.graph.index:
            n = day.graph.node[day.graph.index[match.id]]
            if not day.graph.ends[n] and not day.graph.starts[n] and match.stage < Stage.LIVE:
                words = say("{match} waits for nothing, so nothing gives it a time", match=match.name)
                found.append(Finding("no_anchor", words, (ref("match", match.id),)))
        elif not match.kind.is_dynamic and match.planned_ms is None and match.stage < Stage.LIVE:
            words = say("{match} has no time", match=match.name)
            found.append(Finding("no_time", words, (ref("match", match.id),)))
        found += _open_outcomes(event, match)
        found += _referees_own_source(event, solution, match)
    return found


def _open_outcomes(event: Event, match: Match) -> list[Finding]:
    found = []
    sources = dict.fromkeys(
        slot.match_id for slot in (match.team1, match.team2, *match.referees) if isinstance(slot, OutcomeSlot)
    )
    for source_id in sources:
        source = event.matches.get(source_id)
        if source is None or source.result is None or source.stage < Stage.ENDED or source.result.winner is not None:
            continue
        words = say("{source} ended without a winner: say who plays {match}", source=source.name, match=match.name)
        found.append(Finding("open_outcome", words, (ref("match", match.id), ref("match", source_id))))
    return found


def _referees_own_source(event: Event, solution: Solution, match: Match) -> list[Finding]:
    """A team that referees the match which decides whom it meets."""
    row = solution.rows.get(match.id)
    if row is None:
        return []
    own = {row.team1_id, row.team2_id} - {None}
    found = []
    for slot in (match.team1, match.team2):
        if isinstance(slot, OutcomeSlot) and slot.match_id in event.matches:
            source = solution.rows.get(slot.match_id)
            known = set() if source is None else set(source.referee_ids) & own
            if known:
                name = event.matches[slot.match_id].name
                words = say(
                    "A team of {match} referees {source}, which decides whom it meets", match=match.name, source=name
                )
                about = (ref("match", match.id), ref("match", slot.match_id))
                found.append(Finding("referees_own_source", words, about))
    return found

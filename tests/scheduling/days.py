"""Random events and random days for the properties: well-formed ones that were played, and broken ones."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import strategies as st

from arctos_desk.scheduling import gate
from arctos_desk.scheduling.solve import solve
from arctos_desk.tournament.instants import MINUTE_MS, Instant
from arctos_desk.tournament.kinds import Ending, MatchKind, Side, Stage
from arctos_desk.tournament.records import Event, EventInfo, Field, Match, Point, Result, Start, Tag, Team
from arctos_desk.tournament.tokens import OutcomeSlot, Slot, TagSlot, TeamSlot, UnknownSlot

MORNING = 1_777_708_800_000
FIELDS = ("f1", "f2", "f3")
TEAMS = tuple(f"t{number}" for number in range(7))
TAGS = ("g1", "g2")


@st.composite
def events(draw: st.DrawFn) -> Event:
    """A well-formed event before its first match: chains, references backwards, breaks and joins over fields."""
    count = draw(st.integers(3, 14))
    last: dict[str, str] = {}
    matches: dict[str, Match] = {}
    games: list[str] = []
    structural = 0
    for number in range(count):
        match_id = f"m{number:02d}"
        field_id = draw(st.sampled_from(FIELDS))
        kind = draw(
            st.sampled_from(
                ("STATIC",)
                if field_id not in last
                else ("STATIC", "SAFE", "SAFE", "FAST", "FAST", "BREAK", "JOIN", "STATBREAK")
            )
        )
        name = match_id
        if kind in ("BREAK", "JOIN"):
            structural += draw(st.integers(0, 1))
            name = f"{kind} {structural}"
            if any(one.name == name and one.field_id == field_id for one in matches.values()):
                structural += 1
                name = f"{kind} {structural}"
        linked = kind in ("SAFE", "FAST", "BREAK", "JOIN") or draw(st.booleans())
        game = kind in ("STATIC", "SAFE", "FAST")

        def slot(sources: tuple[str, ...] = tuple(games)) -> Slot | None:
            choice = draw(st.integers(0, 9))
            if choice < 6 or (choice < 8 and not sources):
                return TeamSlot(draw(st.sampled_from(TEAMS)))
            if choice < 8:
                outcome = draw(st.sampled_from(("winner", "loser")))
                return OutcomeSlot(draw(st.sampled_from(sources)), "winner" if outcome == "winner" else "loser")
            return TagSlot(draw(st.sampled_from(TAGS))) if choice == 8 else None

        matches[match_id] = Match(
            id=match_id,
            name=name,
            kind=MatchKind(kind),
            field_id=field_id,
            previous_id=last.get(field_id) if linked else None,
            planned_ms=MORNING + draw(st.integers(0, 30)) * 10 * MINUTE_MS if kind in ("STATIC", "STATBREAK") else None,
            length_min=0 if kind == "JOIN" else draw(st.integers(1, 6)) * 10,
            team1=slot() if game else None,
            team2=slot() if game else None,
            referees=tuple(slot() for _ in range(draw(st.integers(0, 2)))) if game else (),
            rank=number,
        )
        last[field_id] = match_id
        if game:
            games.append(match_id)
    return Event(
        info=EventInfo(id="cup", name="Cup"),
        fields={one: Field(id=one, name=one, rank=number) for number, one in enumerate(FIELDS)},
        teams={one: Team(id=one, key=one, name=one, rank=number) for number, one in enumerate(TEAMS)},
        tags={one: Tag(id=one, name=one, rank=number) for number, one in enumerate(TAGS)},
        matches=matches,
    )


@st.composite
def days(draw: st.DrawFn) -> tuple[Event, Instant]:
    """An event some way into its day, as the desk allows it, and the clock; facts come at different moments."""
    event = draw(events())
    now = MORNING - 30 * MINUTE_MS
    for _ in range(draw(st.integers(0, 16))):
        now += draw(st.integers(1, 25)) * MINUTE_MS + 1
        solution = solve(event, now_ms=now)
        running = [match for match in event.matches.values() if match.stage is Stage.LIVE]
        ready = [
            match
            for match in event.matches.values()
            if match.kind.is_game
            and match.stage is Stage.PLANNED
            and not gate.as_reference(gate.why_not_start(event, solution, match.id, now_ms=now))
        ]
        open_tags = [tag for tag in event.tags.values() if tag.team_id is None]
        deeds = ["end"] * (2 * bool(running)) + ["start"] * (3 * bool(ready)) + ["tag"] * bool(open_tags)
        if not deeds:
            continue
        deed = draw(st.sampled_from(deeds))
        if deed == "start":
            match = draw(st.sampled_from(ready))
            event = _with(event, replace(match, stage=Stage.LIVE, start=Start(at_ms=now)))
        elif deed == "end":
            match = draw(st.sampled_from(running))
            ending = draw(st.sampled_from((Ending.NORMAL, Ending.NORMAL, Ending.DRAW, Ending.FORFEIT)))
            winner = None if ending is Ending.DRAW else draw(st.sampled_from(Side))
            result = Result(ending=ending, winner=winner, ended_ms=now)
            event = _with(event, replace(match, stage=Stage.ENDED, result=result))
        else:
            tag = replace(draw(st.sampled_from(open_tags)), team_id=draw(st.sampled_from(TEAMS)), assigned_ms=now)
            event = replace(event, tags={**event.tags, tag.id: tag})
    return event, now + draw(st.integers(0, 60)) * MINUTE_MS + 1


def _with(event: Event, match: Match) -> Event:
    return replace(event, matches={**event.matches, match.id: match})


@st.composite
def broken_events(draw: st.DrawFn) -> Event:
    """Anything the log could come to hold: rings, links to nothing, facts without order, texts that are no scripts."""
    ids = tuple(f"m{number}" for number in range(draw(st.integers(1, 7))))
    anywhere = (*ids, "gone")
    names = ("A", "B", "C")
    maybe_time = st.none() | st.integers(-5, 40).map(lambda minutes: MORNING + minutes * MINUTE_MS)
    slots: st.SearchStrategy[Slot | None] = st.one_of(
        st.none(),
        st.builds(TeamSlot, st.sampled_from((*TEAMS, "gone"))),
        st.builds(TagSlot, st.sampled_from((*TAGS, "gone"))),
        st.builds(OutcomeSlot, st.sampled_from(anywhere), st.sampled_from(("winner", "loser"))),
        st.builds(UnknownSlot, st.sampled_from(("who?", "A::winner"))),
    )
    scripts = st.sampled_from(
        (
            "",
            "",
            "(",
            "true",
            "(is-skipped {A})",
            "(won? [t1] {B})",
            "(> (wins [t1]) 0)",
            "(== [tag::g1] [t1])",
            "[A::winner]",
        )
    )
    results = st.none() | st.builds(
        Result,
        ending=st.sampled_from(Ending),
        winner=st.none() | st.sampled_from(Side),
        ended_ms=maybe_time.map(lambda moment: moment or MORNING),
    )
    starts = st.none() | st.builds(Start, at_ms=maybe_time.map(lambda moment: moment or MORNING))
    matches = {
        match_id: Match(
            id=match_id,
            name=draw(st.sampled_from(names)),
            kind=draw(st.sampled_from(MatchKind)),
            field_id=draw(st.sampled_from((*FIELDS, None, "gone"))),
            previous_id=draw(st.sampled_from((*anywhere, None))),
            planned_ms=draw(maybe_time),
            length_min=draw(st.none() | st.integers(-5, 60)),
            team1=draw(slots),
            team2=draw(slots),
            referees=tuple(draw(st.lists(slots, max_size=2))),
            skip_condition=draw(scripts),
            stage=draw(st.sampled_from(Stage)),
            start=draw(starts),
            result=draw(results),
            rank=number,
        )
        for number, match_id in enumerate(ids)
    }
    return Event(
        info=EventInfo(id="cup", name="Cup"),
        fields={one: Field(id=one, name=one) for one in FIELDS},
        teams={one: Team(id=one, key=one, name=one) for one in TEAMS},
        tags={
            one: Tag(
                id=one,
                name=one,
                team_id=draw(st.none() | st.sampled_from((*TEAMS, "gone"))),
                expression=draw(scripts),
                assigned_ms=draw(maybe_time),
            )
            for one in TAGS
        },
        matches=matches,
        points={
            "p1": Point(id="p1", match_id=draw(st.sampled_from(anywhere)), start_ms=MORNING, end_ms=draw(maybe_time))
        },
    )

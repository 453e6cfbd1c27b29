"""Boards to show: the afternoon of the pictures, and big ones. Invented data in the shape of the views."""

from __future__ import annotations

from arctos_desk.operations.views import BlockView, BoardView, DayView, FieldView, SideView, TeamView
from arctos_desk.tournament.instants import MINUTE_MS, from_iso
from arctos_desk.tournament.kinds import MatchKind, Status

DAY = from_iso("2025-08-30")
DONE, RUNNING, READY, WAITING, FIXED, SKIPPED = (
    Status.COMPLETED, Status.IN_PROGRESS, Status.READY_TO_START, Status.NOT_STARTED, Status.TIME_FINALIZED,
    Status.SKIPPED,
)  # fmt: skip
LONG = "Spielgemeinschaft Märkische Moorschnucken"
TEAMS = (
    "Ellipse", "Schaluppen", "HaWe GT", "Schotten von Mittelmoor", "Crayons ex Machina", "Blackcurrant", "Beerenritter",
    "Hailstorm", "Fennel Front", LONG, "The Paper Menagerie", "Dragonflies", "Birken Badgers", "Birch Jumpers",
    "Erdhörnchen Elbe", "Juniper Asters",
)  # fmt: skip


def at(text: str, day: int = 0) -> int:
    """`14:30` of the first day, or of a later one."""
    hours, minutes = text.split(":")
    return DAY + day * 86_400_000 + (int(hours) * 60 + int(minutes)) * MINUTE_MS


def side(text: str, *, winner: bool = False, known: bool = True, token: str = "") -> SideView:
    return SideView(text=text, team_id=f"t-{text}" if known else None, winner=winner, token=token)


def block(
    name: str,
    field: str | None,
    start: int,
    *,
    minutes: int = 40,
    status: Status = WAITING,
    teams: tuple[str, str] | None = ("Ellipse", "Schaluppen"),
    winner: int = -1,
    refs: tuple[str, ...] = (),
    late: int = 0,
    kind: MatchKind = MatchKind.SAFE,
    plan: int | None = None,
    real: tuple[int, int] | None = None,
    expected: int | None = None,
    known: bool = True,
    disputed: bool = False,
    match_id: str = "",
) -> BlockView:
    """A block that stands at `start`; `plan` where that differs."""
    planned = start if plan is None else plan
    end = start + minutes * MINUTE_MS
    games = kind in (MatchKind.SAFE, MatchKind.FAST, MatchKind.STATIC)
    return BlockView(
        match_id=match_id or f"m-{name}-{field}",
        name=name,
        field_id=field,
        kind=kind,
        status=status,
        shown_from_ms=start,
        shown_to_ms=real[1] if real is not None and real[1] < end else end,
        real_from_ms=real[0] if real is not None else start + late * MINUTE_MS,
        real_to_ms=real[1] if real is not None else end + late * MINUTE_MS,
        plan_ms=planned,
        plan_to_ms=planned + minutes * MINUTE_MS,
        live_ms=start + max(0, late) * MINUTE_MS,
        expected_ms=expected if expected is not None else (start + late * MINUTE_MS if late > 0 else None),
        expected_to_ms=(expected if expected is not None else start + late * MINUTE_MS) + minutes * MINUTE_MS
        if late > 0 or expected is not None
        else None,
        late_min=late,
        length_min=minutes,
        sides=tuple(side(team, winner=index == winner, known=known) for index, team in enumerate(teams))
        if games and teams
        else (),
        referees=tuple(side(ref, known=known) for ref in refs),
        disputed=disputed,
    )


def view(
    blocks: list[BlockView], *, fields: dict[str, tuple[str, int]], now: int, name: str = "4. Moor Cup"
) -> BoardView:
    """A board around blocks; `fields` are id → name and minutes late."""
    days: dict[int, list[int]] = {}
    for one in blocks:
        if one.shown_from_ms is None or one.shown_to_ms is None:
            continue
        midnight = DAY + (one.shown_from_ms - DAY) // 86_400_000 * 86_400_000
        end = max(one.shown_to_ms, one.expected_to_ms or 0)
        days.setdefault(midnight, []).extend((one.shown_from_ms, end))
    return BoardView(
        event_name=name,
        zone="UTC",
        now_ms=now,
        fields=tuple(FieldView(field_id=key, name=label, late_min=late) for key, (label, late) in fields.items()),
        blocks=tuple(blocks),
        days=tuple(
            DayView(starts_ms=day, ends_ms=day + 86_400_000, first_ms=min(found), last_ms=max(found))
            for day, found in sorted(days.items())
        ),
        teams=tuple(TeamView(team_id=f"t-{team}", name=team, key=team.lower()) for team in TEAMS),
        late_min=max(late for _, late in fields.values()),
    )


FIELDS = {"f1": ("Feld 1", 0), "f2": ("Feld 2", -6), "f3": ("Feld 3", 14), "f4": ("Feld 4", 0), "f5": ("Feld 5", 5)}


def afternoon() -> BoardView:
    """The five fields of the pictures at 14:20: finished, running, waiting, lunch, a join, one early, one late."""
    rows: list[BlockView] = []

    def done(name: str, field: str, start: str, first: str, second: str, won: int, ref: str, **more: object) -> None:
        rows.append(
            block(name, field, at(start), status=DONE, teams=(first, second), winner=won, refs=(ref,), **more)  # type: ignore[arg-type]
        )

    done("A-1", "f1", "10:30", "Ellipse", "Schaluppen", 0, "The Paper Menagerie")
    done("A-3", "f1", "11:10", "Ellipse", "HaWe GT", 0, "Fennel Front")
    done("A-5", "f1", "11:50", "Ellipse", "Schotten von Mittelmoor", 0, "The Paper Menagerie")
    done("C-1", "f2", "10:30", "Crayons ex Machina", "Blackcurrant", 1, "Beerenritter")
    done("C-2", "f2", "11:10", "Beerenritter", "Hailstorm", 0, "Crayons ex Machina")
    done("C-3", "f2", "11:50", "Crayons ex Machina", "Beerenritter", 1, "Blackcurrant")
    done("B-1", "f3", "10:30", "Fennel Front", LONG, 0, "Dragonflies")
    done("B-2", "f3", "11:10", "The Paper Menagerie", "Dragonflies", 0, LONG)
    done("B-3", "f3", "11:50", "Fennel Front", "Dragonflies", 0, "Birch Jumpers")
    done("A-2", "f4", "10:30", "Schotten von Mittelmoor", "HaWe GT", 0, "Hailstorm")
    done("A-4", "f4", "11:10", "Schaluppen", "Schotten von Mittelmoor", 1, "Blackcurrant")
    done("A-6", "f4", "11:50", "Schaluppen", "HaWe GT", 1, "Hailstorm")
    done("D-1", "f5", "10:30", "Birken Badgers", "Birch Jumpers", 0, "Erdhörnchen Elbe")
    done("D-2", "f5", "11:10", "Birch Jumpers", "Erdhörnchen Elbe", 1, "Birken Badgers")
    done("B-4", "f5", "11:50", LONG, "Juniper Asters", 0, "Birken Badgers")
    rows += [block("Lunch", field, at("12:30"), kind=MatchKind.STATBREAK, teams=None, status=DONE) for field in FIELDS]
    done("D-3", "f1", "13:10", "Birken Badgers", "Erdhörnchen Elbe", 0, "Birch Jumpers")
    done("C-4", "f2", "13:10", "Blackcurrant", "Beerenritter", 1, "HaWe GT", real=(at("13:10"), at("13:43")))
    done(
        "C-6", "f2", "13:44", "Blackcurrant", "Hailstorm", 0, "Dragonflies", late=-6, plan=at("13:50"),
        real=(at("13:44"), at("14:17")),
    )  # fmt: skip
    done("B-5", "f3", "13:10", LONG, "Dragonflies", 0, "Ellipse")
    done("B-6", "f4", "13:10", "The Paper Menagerie", "Juniper Asters", 0, "Schotten von Mittelmoor")
    done("C-5", "f5", "13:10", "Crayons ex Machina", "Hailstorm", 0, "HaWe GT")

    def runs(name: str, field: str, first: str, second: str, ref: str, late: int = 0) -> None:
        rows.append(block(name, field, at("13:50"), status=RUNNING, teams=(first, second), refs=(ref,), late=late))

    runs("D-4", "f1", "Birken Badgers", "Birch Jumpers", "Schotten von Mittelmoor")
    runs("B-7", "f3", "Fennel Front", "The Paper Menagerie", "Ellipse", late=14)
    runs("Play-in", "f4", "Schaluppen", "Erdhörnchen Elbe", "HaWe GT")
    runs("B-8", "f5", "Dragonflies", "Juniper Asters", "Crayons ex Machina", late=5)
    rows += [block("Groups end", field, at("14:30"), minutes=0, kind=MatchKind.JOIN, teams=None) for field in FIELDS]

    def waits(name: str, field: str, start: str, first: str, second: str, ref: str, late: int = 14, minutes: int = 43,
              known: bool = False, status: Status = WAITING) -> None:  # fmt: skip
        rows.append(
            block(
                name,
                field,
                at(start),
                minutes=minutes,
                status=status,
                teams=(first, second),
                refs=(ref,),
                late=late,
                known=known,
            )
        )

    waits("Quarter 1", "f1", "14:30", "Winner group B", "Blackcurrant", "Schaluppen")
    waits("Quarter 2", "f2", "14:30", "Beerenritter", "HaWe GT", "Hailstorm", known=True, status=READY)
    waits("Quarter 3", "f3", "14:30", "Ellipse", LONG, "Crayons ex Machina", known=True, status=FIXED)
    waits("Quarter 4", "f4", "14:30", "Schotten von Mittelmoor", "Third group B", "Erdhörnchen Elbe")
    waits("Place 9", "f5", "14:30", "Dragonflies", "Juniper Asters", "Birken Badgers", known=True)
    waits("Semi A", "f1", "15:15", "Winner Quarter 1", "Winner Quarter 2", "Loser Quarter 1", minutes=45)
    waits("Semi B", "f3", "15:15", "Winner Quarter 3", "Winner Quarter 4", "Loser Quarter 3", minutes=45)
    waits("Place 5a", "f2", "15:15", "Loser Quarter 1", "Loser Quarter 2", "Birken Badgers", minutes=45)
    waits("Place 5b", "f4", "15:15", "Loser Quarter 3", "Loser Quarter 4", "Crayons ex Machina", minutes=45)
    waits("Final", "f1", "16:15", "Winner Semi A", "Winner Semi B", "Loser Semi A", late=0, minutes=45)
    waits("Third place", "f3", "16:15", "Loser Semi A", "Loser Semi B", "Loser Place 5b", late=0, minutes=45)
    waits("Place 5", "f2", "16:15", "Winner Place 5a", "Winner Place 5b", "Crayons ex Machina", late=0, minutes=45)
    return view(rows, fields=FIELDS, now=at("14:20"))


def large(matches: int = 1000, fields: int = 8, minutes: int = 30) -> BoardView:
    """A board of many matches over as many days as they need."""
    names = {f"f{n}": (f"Feld {n + 1}", (n * 7) % 20 - 4) for n in range(fields)}
    per_day = 10 * 60 // minutes
    rows = []
    for number in range(matches):
        field, turn = number % fields, number // fields
        day, slot = divmod(turn, per_day)
        start = at("09:00", day) + slot * minutes * MINUTE_MS
        pair = (TEAMS[number % 16], TEAMS[(number * 5 + 3) % 16])
        over = day == 0 and slot < 5
        rows.append(
            block(
                f"M-{number + 1}",
                f"f{field}",
                start,
                minutes=minutes,
                status=DONE if over else WAITING,
                teams=pair,
                winner=0 if over else -1,
                refs=(TEAMS[(number * 3 + 7) % 16],),
                late=0 if over else max(0, field * 2 - 4),
            )
        )
    return view(rows, fields=names, now=at("11:42"))

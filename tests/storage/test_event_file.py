"""The log of an event: what was put in comes out, in order, once, and nothing else gets in."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from arctos_desk.runtime.event_lock import HeldElsewhere
from arctos_desk.storage.event_file import EventFile
from arctos_desk.tournament.reasons import Refused
from arctos_desk.wire import frontier
from arctos_desk.wire.operation import STREAM_OPEN, seal
from tests.storage.makers import NOTHING, Laptop, ids, ids_in, put


def test_what_was_appended_is_there_after_a_restart(laptop: Laptop) -> None:
    sealed = laptop.entries(5)
    with laptop.create() as event:
        put(event, sealed[:3])
        event.append(sealed[3:], NOTHING)
    with laptop.open() as event:
        assert list(event.operations()) == [one.operation for one in sealed]
        assert event.frontier() == {sealed[0].operation.stream: (5, sealed[4].hash[:12])}
        assert event.head(sealed[0].operation.stream) == frontier.Head(5, sealed[4].hash)
        assert event.last_clock() == sealed[4].operation.clock
        assert event.devices() == {sealed[0].operation.stream: laptop.key.public_key}
        assert event.tournament == "cup"
        assert event.report.codes == ()
        assert event.verify(every_signature=True).flaws == ()


def test_reading_by_id_by_record_and_by_age(event: EventFile, laptop: Laptop) -> None:
    sealed = laptop.entries(4)
    again = laptop.entry({"clear": {"match/m2": ["name"]}, "set": {"team/t": {"name": "Bees"}}})
    put(event, [*sealed, again])
    second = sealed[1].operation
    assert event.operation(second.id) == second
    assert event.operation("nobody") is None
    assert event.known([second.id, "nobody"]) == {second.id}
    assert event.known([f"x{number}" for number in range(1_000)]) == frozenset()
    assert event.touching(["match/m2", "team/t", "match/none"]) == {
        "match/m2": (second, again.operation),
        "team/t": (again.operation,),
        "match/none": (),
    }
    newest = event.recent(2)
    assert newest == [again.operation, sealed[3].operation]
    assert event.recent(10, before=newest[-1].order) == [one.operation for one in reversed(sealed[:3])]
    assert event.sealed_after(second.stream, 3, 10) == [sealed[3], again]
    assert event.sealed_after(second.stream, 0, 1) == [sealed[0]]


def test_own_entries_follow_without_a_gap(event: EventFile, laptop: Laptop) -> None:
    sealed = laptop.entries(3)
    event.append([sealed[0]], NOTHING)
    with pytest.raises(ValueError, match="does not follow"):
        event.append([sealed[2]], NOTHING)
    with pytest.raises(ValueError, match="does not follow"):
        event.append([sealed[0]], NOTHING)
    event.append(sealed[1:], NOTHING)
    assert ids_in(event) == ids(sealed)


def test_an_entry_of_another_tournament_stays_out(event: EventFile, laptop: Laptop) -> None:
    foreign = laptop.entry(tournament="league")
    with pytest.raises(ValueError, match="belongs to league"):
        event.append([foreign], NOTHING)
    assert event.stopped is None


def test_a_commit_is_of_one_stream(event: EventFile, laptop: Laptop, tmp_path: Path) -> None:
    other = Laptop(tmp_path / "other", seed=2)
    with pytest.raises(ValueError, match="one stream"):
        event.append([laptop.entry(), other.entry()], NOTHING)


def test_an_empty_commit_writes_nothing(event: EventFile, laptop: Laptop) -> None:
    event.append([], NOTHING)
    event.receive([], NOTHING)
    assert not list((laptop.folder / "cup.oplog").glob("[!c]*"))


def test_entries_of_other_laptops_are_stored_but_not_journalled(laptop: Laptop, tmp_path: Path) -> None:
    other = Laptop(tmp_path / "other", seed=2)
    with laptop.create() as event:
        event.receive(other.entries(3), NOTHING)
        assert len(ids_in(event)) == 3
        assert event.devices() == {other.stream: other.key.public_key}
        assert event.last_clock() == other.clock
    assert [file.name for file in (laptop.folder / "cup.oplog").iterdir()] == ["created.log"]


def test_a_restart_begins_a_journal_file_of_its_own(laptop: Laptop) -> None:
    with laptop.create() as event:
        put(event, laptop.entries(2))
    with laptop.open() as event:
        put(event, laptop.entries(2))
        assert len(event.frontier()) == 2
    assert len(list((laptop.folder / "cup.oplog").glob("*.log"))) == 3


def test_an_id_that_a_second_stream_repeats_is_stored_and_counts_once(
    event: EventFile, laptop: Laptop, tmp_path: Path
) -> None:
    other = Laptop(tmp_path / "other", seed=2, now_ms=laptop.now_ms + 60_000)
    honest = laptop.entries(2)
    put(event, honest)
    repeated = [other.entry(), other.entry(id=honest[1].operation.id, payload={"set": {"match/m2": {"name": "!"}}})]
    event.receive(repeated, NOTHING)
    assert event.frontier()[other.stream][0] == 2
    assert event.operation(honest[1].operation.id) == honest[1].operation
    assert event.touching(["match/m2"])["match/m2"] == (honest[1].operation,)
    assert sorted(one.id for one in event.operations()) == sorted(ids([*honest, repeated[0]]))


def test_a_proven_fork_takes_its_stream_out_from_there_on(event: EventFile, laptop: Laptop, tmp_path: Path) -> None:
    clone = Laptop(tmp_path / "clone", seed=5)
    event.receive(clone.entries(2), NOTHING)
    twice = clone.last
    assert twice is not None
    event.receive([clone.entry({"set": {"match/m3": {"name": "one"}}})], NOTHING)
    clone.last = twice
    forked = clone.entry({"set": {"match/m3": {"name": "other"}}})
    event.quarantine(forked, "FORK")
    event.quarantine(forked, "FORK")
    assert event.touching(["match/m3"]) == {"match/m3": ()}
    assert [one.number for one in event.operations()] == [1, 2]
    assert [one.number for one in event.recent(9)] == [2, 1]
    assert event.kept_apart() == [("FORK", clone.stream, 3)]
    assert event.load() is None


def test_a_claimed_fork_that_the_device_did_not_sign_changes_nothing(
    event: EventFile, laptop: Laptop, tmp_path: Path
) -> None:
    honest, rogue = Laptop(tmp_path / "honest", seed=5), Laptop(tmp_path / "rogue", seed=6)
    event.receive(honest.entries(2), NOTHING)
    forged = rogue.entry()
    forged = seal(
        rogue.entry(stream=honest.stream, number=2, previous="ab" * 32, kind="match.change").operation, rogue.key.sign
    )
    event.quarantine(forged, "FORK")
    assert len(list(event.operations())) == 2
    assert event.kept_apart() == [("FORK", honest.stream, 2)]


def test_what_this_build_cannot_read_is_kept_for_ever(laptop: Laptop) -> None:
    with laptop.create() as event:
        event.quarantine_bytes(b'{"v":2}', bytes(64), "NEWER_ENVELOPE")
        event.quarantine_bytes(b'{"v":2}', bytes(64), "NEWER_ENVELOPE")
        event.quarantine(laptop.entry(), "BAD_SIGNATURE")
    with laptop.open() as event:
        assert [code for code, _, _ in event.kept_apart()] == ["BAD_SIGNATURE", "NEWER_ENVELOPE"]


def test_the_database_itself_refuses_to_change_the_log(laptop: Laptop) -> None:
    with laptop.create() as event:
        put(event, laptop.entries(2))
    connection = sqlite3.connect(laptop.path)
    for statement in ("UPDATE op SET kind = 'x'", "DELETE FROM op"):
        with pytest.raises(sqlite3.IntegrityError, match="never"):
            connection.execute(statement)
    connection.close()


def test_the_second_program_is_turned_away(laptop: Laptop, event: EventFile) -> None:
    with pytest.raises(HeldElsewhere):
        laptop.open()


def test_opening_what_is_no_event_says_so(laptop: Laptop) -> None:
    with pytest.raises(Refused) as caught:
        laptop.open()
    assert caught.value.codes == ("NO_EVENT",)
    laptop.folder.mkdir()
    with pytest.raises(Refused) as caught:
        laptop.open()
    assert caught.value.codes == ("NO_EVENT",)


def test_creating_over_an_event_or_its_journal_is_refused(laptop: Laptop) -> None:
    laptop.create().close()
    with pytest.raises(Refused) as caught:
        laptop.create()
    assert caught.value.codes == ("EVENT_EXISTS",)
    laptop.path.unlink()
    with pytest.raises(Refused) as caught:
        laptop.create()
    assert caught.value.codes == ("EVENT_EXISTS",)


def test_a_synced_folder_is_refused(tmp_path: Path) -> None:
    laptop = Laptop(tmp_path / "Dropbox" / "cups")
    with pytest.raises(Refused) as caught:
        laptop.create()
    assert caught.value.codes == ("SYNCED_FOLDER",)


def test_closing_leaves_one_file_and_closing_twice_does_no_harm(laptop: Laptop) -> None:
    event = laptop.create()
    put(event, laptop.entries(3))
    event.close()
    event.close()
    assert sorted(file.name for file in laptop.folder.iterdir()) == ["cup.arctos", "cup.lock", "cup.oplog"]
    with pytest.raises(ValueError, match="closed"):
        event.append([laptop.entry()], NOTHING)


def test_drafts_and_what_peers_hold_stay_on_this_laptop(laptop: Laptop) -> None:
    with laptop.create() as event:
        event.keep_draft("note", "half a sent")
        event.keep_draft("note", "half a sentence")
        event.keep_draft("other", "x")
        event.keep_draft("other", None)
        event.keep_peer_frontier("desk 2", {"s": (3, "ab")})
        event.keep_peer_frontier("desk 2", {"s": (7, "cd"), "t": (1, "ef")}, b"receipt")
        event.keep_peer_frontier("desk 3", {})
    with laptop.open() as event:
        assert (event.draft("note"), event.draft("other")) == ("half a sentence", None)
        assert event.peer_frontier("desk 2") == {"s": 7, "t": 1}
        assert event.peer_frontier("desk 3") == {}


def test_the_running_digest_is_that_of_the_frontier(event: EventFile, laptop: Laptop, tmp_path: Path) -> None:
    for seed in range(12):
        other = Laptop(tmp_path / str(seed), seed=seed + 10)
        event.receive(other.entries(2), NOTHING)
        event.receive([other.entry()], NOTHING)
    assert event._digest.after({}) == frontier.digest(event.frontier())


def test_the_build_that_wrote_last_is_noted(laptop: Laptop) -> None:
    laptop.create().close()
    laptop.build = "1.7"
    laptop.open().close()
    connection = sqlite3.connect(laptop.path)
    assert connection.execute("SELECT value FROM file_info WHERE name = 'build'").fetchone() == ("1.7",)
    connection.close()


def test_the_first_entry_of_a_stream_names_its_device(event: EventFile, laptop: Laptop) -> None:
    event.append([laptop.entry()], NOTHING)
    assert laptop.last is not None
    assert laptop.last.operation.kind == STREAM_OPEN
    assert event.devices()[laptop.stream] == laptop.key.public_key


def test_names_and_entries_may_take_turns(laptop: Laptop) -> None:
    with laptop.create() as event:
        event.append([], NOTHING, [laptop.person("Ada")])
        event.append([laptop.entry()], NOTHING)
        event.append([], NOTHING, [laptop.person("Ada Lovelace")])
        event.append([laptop.entry()], NOTHING, [laptop.person("Bo", "p2")])
        event.append([], NOTHING, [laptop.person("Bob", "p2")])
    laptop.path.unlink()
    with laptop.open() as event:
        assert {one.name for one in event.people().values()} == {"Ada Lovelace", "Bob"}
        assert len(ids_in(event)) == 2

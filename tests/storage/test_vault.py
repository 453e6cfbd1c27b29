"""Person records: the latest change counts wherever it arrives, and an erased name does not come back."""

from __future__ import annotations

import itertools
import json
import sqlite3
from contextlib import closing
from dataclasses import replace

import pytest

from arctos_desk.operations.ports import PersonChange, PersonRecord
from arctos_desk.storage import migrate
from arctos_desk.storage.checks import inspect
from arctos_desk.storage.event_file import EventFile
from arctos_desk.storage.vault import BadPersonChange, from_bytes, to_bytes
from tests.storage.makers import NOTHING, Laptop, put


def test_a_change_reads_as_it_was_written(laptop: Laptop) -> None:
    change = laptop.person("Bjørn 'Ünü' 🏃 e\u0301")
    assert from_bytes(to_bytes(change)) == change


@pytest.mark.parametrize("raw", [b"", b"[]", b"{}", b'{"id":1,"clock":"","erased":false,"person":{}}', b"\xff"])
def test_bytes_that_are_no_change_are_refused(raw: bytes) -> None:
    with pytest.raises(BadPersonChange):
        from_bytes(raw)


def test_the_latest_change_counts_whatever_the_order_of_arrival(laptop: Laptop) -> None:
    changes = [laptop.person(name) for name in ("Ada", "Bea", "Cyd")]
    for number, order in enumerate(itertools.permutations(changes)):
        with Laptop(laptop.folder / str(number), seed=number).create() as event:
            for change in order:
                event.receive([], NOTHING, [change])
            assert event.people() == {"p1": changes[-1].person}


def test_two_changes_of_one_moment_are_settled_by_their_ids(event: EventFile) -> None:
    clock = "0000000000000001"
    one = PersonChange(id="a", person=PersonRecord(id="p", name="A"), clock=clock)
    other = PersonChange(id="b", person=PersonRecord(id="p", name="B"), clock=clock)
    event.receive([], NOTHING, [other, one])
    assert event.people()["p"].name == "B"


def test_a_name_reaches_the_clock(event: EventFile, laptop: Laptop) -> None:
    change = laptop.person("Ada")
    event.append([], NOTHING, [change])
    assert event.last_clock() == change.clock


def test_an_erased_name_is_gone_from_file_and_journal_and_does_not_come_back(laptop: Laptop) -> None:
    named = laptop.person("Ada Lovelace")
    other = laptop.person("Bob", "p2")
    with laptop.create() as event:
        event.append([laptop.entry()], NOTHING, [named, other])
        event.append([], NOTHING, [laptop.person("Ada Lovelace", erased=True)])
        assert set(event.people()) == {"p2"}
        event.receive([], NOTHING, [named])
        assert set(event.people()) == {"p2"}
    with laptop.open() as event:
        assert event.report.codes == ()
        assert set(event.people()) == {"p2"}
    kept = b"".join(file.read_bytes() for file in laptop.folder.rglob("*") if file.is_file())
    assert b"Lovelace" not in kept
    assert b"Bob" in kept
    laptop.path.unlink()
    with laptop.open() as event:
        assert set(event.people()) == {"p2"}
        assert event.report.codes == ("FILE_GONE", "NEW_FILE", "FROM_JOURNAL")


def test_a_person_may_be_named_again_after_they_were_erased(event: EventFile, laptop: Laptop) -> None:
    event.append([], NOTHING, [laptop.person("Ada")])
    event.append([], NOTHING, [laptop.person("", erased=True)])
    event.append([], NOTHING, [laptop.person("Ada again")])
    assert event.people()["p1"].name == "Ada again"


# players
# ---------------------------------------------------------------------------------------------------------------------


def hurt(laptop: Laptop, name: str = "Adelheid Moorhuhn", **more: object) -> PersonChange:
    """A change to the record of a player with everything in it."""
    change = laptop.person(name)
    person = replace(change.person, jersey_name="HEIDI", injury="sprained ankle", injury_public=True)
    return replace(change, person=person, **more)  # type: ignore[arg-type]


def test_jersey_name_and_injury_are_kept_like_a_name(laptop: Laptop) -> None:
    change = hurt(laptop, operation="op1")
    assert from_bytes(to_bytes(change)) == change
    with laptop.create() as event:
        event.append([laptop.entry()], NOTHING, [change])
    with laptop.open() as event:
        assert event.report.codes == ()
        assert event.people() == {"p1": change.person}
        assert inspect(laptop.path).condition.name == "SOUND"
    laptop.path.unlink()
    with laptop.open() as event:
        assert event.people() == {"p1": change.person}
        assert [one for one, _ in event.changes_of(["op1"])] == [change]


def test_an_older_build_wrote_the_same_bytes_and_they_read_as_ever(laptop: Laptop) -> None:
    """What a journal of before holds: three keys of a person, and no operation."""
    change = laptop.person("Ada")
    told = {
        "clock": change.clock,
        "erased": False,
        "id": change.id,
        "person": {"id": "p1", "name": "Ada", "pin_hash": "hash"},
    }
    old = json.dumps(told, separators=(",", ":")).encode()
    assert to_bytes(change) == old
    assert from_bytes(old) == change


def test_nothing_private_is_left_of_somebody_who_was_erased(laptop: Laptop) -> None:
    with laptop.create() as event:
        event.append([laptop.entry()], NOTHING, [hurt(laptop, operation="op1")])
        event.append([], NOTHING, [hurt(laptop, operation="op2", erased=True)])
        assert event.people() == {}
        assert [before for _, before in event.changes_of(["op1", "op2"])] == [None]
        assert event._driver().execute("SELECT operation FROM person_touch").fetchall() == [("op2",)]
    laptop.open().close()
    kept = b"".join(file.read_bytes() for file in laptop.folder.rglob("*") if file.is_file())
    for secret in (b"Moorhuhn", b"HEIDI", b"ankle"):
        assert secret not in kept


@pytest.mark.parametrize(
    "person",
    [
        {"id": "p", "name": ["Moorhuhn"], "pin_hash": ""},
        {"id": "p", "name": "Moorhuhn", "pin_hash": "", "injury": {"Moorhuhn": 1}},
        "Moorhuhn",
    ],
)
def test_what_is_wrong_with_a_change_repeats_nothing_of_it(person: object) -> None:
    raw = json.dumps({"id": "c", "clock": "1", "erased": False, "person": person}).encode()
    with pytest.raises(BadPersonChange) as caught:
        from_bytes(raw)
    assert "Moorhuhn" not in str(caught.value)
    assert caught.value.__cause__ is None


def test_what_an_operation_changed_is_found_with_what_was_known_before(event: EventFile, laptop: Laptop) -> None:
    first = replace(laptop.person("Ada"), operation="op1")
    other = replace(laptop.person("Bo", "p2"), operation="op2")
    second = replace(laptop.person("Eda"), operation="op2")
    for change in (first, other, second):
        event.append([], NOTHING, [change])
    assert event.changes_of(["op1"]) == [(first, None)]
    assert event.changes_of(["op2"]) == [(second, first.person), (other, None)]
    assert event.changes_of(["nothing"]) == []


def test_a_file_of_the_first_schema_keeps_its_people(laptop: Laptop, monkeypatch: pytest.MonkeyPatch) -> None:
    """A real file as the first build left it: log, journal and person records, with none of the later tables."""
    sealed = laptop.entries(3)
    people = [laptop.person("Ada"), laptop.person("Bo", "p2"), laptop.person("Cy", "p3"), laptop.person("Eda")]
    with monkeypatch.context() as first:
        first.setattr(migrate, "REVISIONS", ("0001",))
        upgrade = migrate.upgrade
        first.setattr(migrate, "upgrade", lambda *args, **named: upgrade(*args, **{**named, "to": "0001"}))
        with laptop.create() as event:
            put(event, sealed)
            event.append([], NOTHING, people)
    with closing(sqlite3.connect(laptop.path)) as connection:
        names = {name for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")}
        assert not names & {"person_touch", "player", "mode", "penalty_type"}
    before = inspect(laptop.path)
    assert (before.condition.name, before.revision) == ("SOUND", "0001")
    with laptop.open() as event:
        assert "UPGRADED" in event.report.codes
        assert {one.id: one.name for one in event.people().values()} == {"p1": "Eda", "p2": "Bo", "p3": "Cy"}
        assert event.load() is None, "projections of the first schema are made anew"
        event.append([], NOTHING, [hurt(laptop, operation="op1"), laptop.person("", "p3", erased=True)])
        assert [before.name for _, before in event.changes_of(["op1"]) if before is not None] == ["Eda"]
        assert event.verify(every_signature=True).flaws == ()
    with laptop.open() as event:
        assert event.people().keys() == {"p1", "p2"}
        assert event.people()["p1"].injury == "sprained ankle"
    assert [inspect(file).revision for file in (laptop.folder / "cup.backups").iterdir()][:1] == ["0001"]


def test_a_name_that_is_still_in_the_journal_goes_at_the_next_start(laptop: Laptop) -> None:
    """The power went between the file, where somebody was erased, and the journal."""
    with laptop.create() as event:
        event.append([laptop.entry()], NOTHING, [laptop.person("Ada Lovelace")])
    journals = {path: path.read_bytes() for path in laptop.folder.rglob("*.log")}
    with laptop.open() as event:
        event.append([], NOTHING, [laptop.person("Ada Lovelace", erased=True)])
    for path, content in journals.items():
        path.write_bytes(content)
    with laptop.open() as event:
        assert event.report.codes == ("JOURNAL_MENDED",)
    kept = b"".join(file.read_bytes() for file in laptop.folder.rglob("*") if file.is_file())
    assert b"Lovelace" not in kept


def test_the_journal_goes_on_behind_what_was_erased(laptop: Laptop) -> None:
    with laptop.create() as event:
        event.append([laptop.entry()], NOTHING, [laptop.person("Ada Lovelace"), laptop.person("Bob", "p2")])
        event.append([laptop.entry()], NOTHING, [laptop.person("Ada Lovelace", erased=True)])
        event.append([laptop.entry()], NOTHING, [laptop.person("Cyd", "p3")])
        count = len(list(event.operations()))
    laptop.path.unlink()
    with laptop.open() as event:
        assert {one.name for one in event.people().values()} == {"Bob", "Cyd"}
        assert len(list(event.operations())) == count

"""Person records: the latest change counts wherever it arrives, and an erased name does not come back."""

from __future__ import annotations

import itertools

import pytest

from arctos_desk.operations.ports import PersonChange, PersonRecord
from arctos_desk.storage.event_file import EventFile
from arctos_desk.storage.vault import BadPersonChange, from_bytes, to_bytes
from tests.storage.makers import NOTHING, Laptop


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
        assert event.report.codes == ("JOURNAL_MENDED",)
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

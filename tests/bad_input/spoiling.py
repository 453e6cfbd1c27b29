"""Ways in which files are spoiled: by disks, by editors, by other programs and by people. The same seed, the same file.

Every spoiler is a function of the good bytes and a source of chance. Knows nothing of what a file should hold.
"""

from __future__ import annotations

import gzip
import io
import json
import random
import re
import sqlite3
import zipfile
import zlib
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path

Spoiler = Callable[[bytes, random.Random], bytes]

HUGE = "9" * 400
DEEP = 20_000
PNG = b"\x89PNG\r\n\x1a\n" + (13).to_bytes(4, "big") + b"IHDR" + bytes(13) + zlib.crc32(b"IHDR" + bytes(13)).to_bytes(4)


# any file


def flipped(raw: bytes, chance: random.Random) -> bytes:
    """Some bytes of a sick disk."""
    spoiled = bytearray(raw)
    for _ in range(chance.choice((1, 4, 30))):
        spoiled[chance.randrange(len(spoiled))] ^= 1 << chance.randrange(8)
    return bytes(spoiled)


def truncated(raw: bytes, chance: random.Random) -> bytes:
    """A download that broke off."""
    return raw[: chance.randrange(1, len(raw))]


def overwritten(raw: bytes, chance: random.Random) -> bytes:
    """A stretch of it is zero."""
    at = chance.randrange(len(raw))
    length = min(chance.choice((1, 64, 4096)), len(raw) - at)
    return raw[:at] + bytes(length) + raw[at + length :]


def doubled(raw: bytes, chance: random.Random) -> bytes:
    """The file twice, one after the other."""
    return raw + raw


def emptied(raw: bytes, chance: random.Random) -> bytes:
    return chance.choice((b"", b"\n \n\t\n", b"\x00" * 64, b"\xef\xbb\xbf"))


def of_another_program(raw: bytes, chance: random.Random) -> bytes:
    """The file has the right name and is something else."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("schedule.toml", raw)
    return chance.choice(
        (
            packed.getvalue(),
            PNG,
            gzip.compress(raw, mtime=0),
            b"%PDF-1.7\n1 0 obj\n<< >>\nendobj\n",
            b"<!DOCTYPE html><html><body>404</body></html>",
            b"SQLite format 3\x00" + bytes(84),
            chance.randbytes(300),
        )
    )


# any text


def lines_deleted(raw: bytes, chance: random.Random) -> bytes:
    lines = raw.splitlines(keepends=True)
    for _ in range(chance.choice((1, 3, 12))):
        if lines:
            del lines[chance.randrange(len(lines))]
    return b"".join(lines)


def lines_repeated(raw: bytes, chance: random.Random) -> bytes:
    """Keys that stand there twice."""
    lines = raw.splitlines(keepends=True)
    for _ in range(chance.choice((1, 3))):
        at = chance.randrange(len(lines))
        lines.insert(at, lines[at])
    return b"".join(lines)


def lines_moved(raw: bytes, chance: random.Random) -> bytes:
    lines = raw.splitlines(keepends=True)
    for _ in range(3):
        lines.insert(chance.randrange(len(lines)), lines.pop(chance.randrange(len(lines))))
    return b"".join(lines)


def encoded_otherwise(raw: bytes, chance: random.Random) -> bytes:
    text = raw.decode()
    return text.encode(chance.choice(("latin-1", "utf-16", "utf-16-le", "utf-32", "cp1252", "cp500")), "replace")


def with_control_characters(raw: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(raw))
    return raw[:at] + chance.choice((b"\x00", b"\x1b[2J", b"\x7f", b"\x08", b"\xed\xa0\x80", b"\xc0\x80")) + raw[at:]


def marked(raw: bytes, chance: random.Random) -> bytes:
    """A mark at the beginning, and perhaps one where none belongs; alone it does no harm."""
    mark = b"\xef\xbb\xbf"
    at = chance.choice((0, chance.randrange(len(raw))))
    return mark + raw[:at] + (mark if at else b"") + raw[at:]


def ended_otherwise(raw: bytes, chance: random.Random) -> bytes:
    """Line ends of other systems; some of them do no harm."""
    return raw.replace(b"\n", chance.choice((b"\r\n", b"\r", b"\x0b", "\u2028".encode())))


def quoted_by_a_word_processor(raw: bytes, chance: random.Random) -> bytes:
    return raw.decode().replace('"', chance.choice(("“", "„", "«", "''"))).encode()


# schedules

_TOML_VALUE = re.compile(rb"^(\w+) = .+$", re.MULTILINE)


def _values_replaced(raw: bytes, chance: random.Random, values: Sequence[bytes], times: int) -> bytes:
    """Some values of `key = value` lines, replaced."""
    places = chance.sample(list(_TOML_VALUE.finditer(raw)), times)
    for place in sorted(places, key=lambda found: found.start(), reverse=True):
        raw = raw[: place.start()] + place[1] + b" = " + chance.choice(values) + raw[place.end() :]
    return raw


def toml_of_wrong_types(raw: bytes, chance: random.Random) -> bytes:
    values = (
        b"7",
        b"true",
        b"[]",
        b"{}",
        b'["a", 1]',
        b"1.5",
        b"nan",
        b"-inf",
        b"2026-05-02T10:00:00Z",
        b'""',
        b"10:00",
    )
    return _values_replaced(raw, chance, values, chance.choice((1, 4)))


def toml_of_huge_numbers(raw: bytes, chance: random.Random) -> bytes:
    values = (HUGE.encode(), b"-" + HUGE.encode(), b"0x" + b"f" * 300, b"9223372036854775808", b"1e400", b"-1")
    return _values_replaced(raw, chance, values, 2)


def toml_of_strange_times(raw: bytes, chance: random.Random) -> bytes:
    values = (b'"0000-00-00T00:00:00"', b'"9999-12-31T23:59:59"', b'"2027-06-05"', b'"10:00"', b'"2027-02-30T10:00:00"')
    times = re.sub(rb'"2027-06-05T08:00:00"', lambda _: chance.choice(values), raw)
    return times.replace(b"nominal_length = 30", b"nominal_length = " + chance.choice((b"-5", b"99999999", b'"30"')), 2)


def toml_nested(raw: bytes, chance: random.Random) -> bytes:
    depth = chance.choice((30, DEEP))
    return chance.choice(
        (
            raw + b"deep = " + b"[" * depth + b"]" * depth + b"\n",
            raw + b"\n[" + b".".join([b"a"] * depth) + b"]\nx = 1\n",
            raw + b"deep = " + b"{a = " * depth + b"1" + b"}" * depth + b"\n",
            raw.replace(b"(is-skipped {A3})", b"(not " * depth + b"true" + b")" * depth),
        )
    )


def toml_of_strange_names(raw: bytes, chance: random.Random) -> bytes:
    """References to nothing, circles, names that mean something else, names used twice."""
    return chance.choice(
        (
            raw.replace(b'previous_match = "A1"', b'previous_match = "Final"'),
            raw.replace(b'"A1::winner"', b'"Final::winner"'),
            raw.replace(b'"A1::winner"', b'"Nobody::winner"'),
            raw.replace(b'"A1::winner"', b'"A1::champion"'),
            raw.replace(b'"tag::seed, A2::loser"', b'"tag::, ::loser, ,"'),
            raw.replace(b'name = "B1"', b'name = "A1"'),
            raw.replace(b'name = "A2"', b'name = "A::2"'),
            raw.replace(b'field = "Field 2"', b'field = "Field 9"'),
            raw.replace(b'"STATIC"', b'"static"'),
            raw.replace(b'name = "Field 2"', b'name = "Field 1"'),
            raw.replace(b"(if (won?", b"(iff (won?"),
            raw.replace(b"(is-skipped {A3})", b"((("),
            raw.replace(b"(is-skipped {A3})", b"(is-skipped {Final})"),
            raw.replace(b'name = "A2"', b'name = "' + b"A" * 5_000 + b'"'),
            raw.replace(b"[[matches]]", b"[matches]"),
            raw.replace(b"[[matches]]", b"[[Matches]]"),
            raw.replace(b'zone = "Europe/Berlin"', b'zone = "Atlantis/Capital"'),
            raw.replace(b'"Group A"', b'""'),
        )
    )


# results


def _items_changed(raw: bytes, chance: random.Random, values: Sequence[object], times: int) -> bytes:
    listed = json.loads(raw)
    for _ in range(times):
        item = chance.choice(listed)
        item[chance.choice(sorted(item))] = chance.choice(values)
    return json.dumps(listed, ensure_ascii=False).encode()


def json_of_wrong_types(raw: bytes, chance: random.Random) -> bytes:
    return _items_changed(raw, chance, (None, True, [], {}, ["a"], {"a": 1}, 1.5, -3, "", "x", "\x00"), 5)


def json_of_huge_numbers(raw: bytes, chance: random.Random) -> bytes:
    marker = 777_000_777
    spoiled = _items_changed(raw, chance, (marker,), 3)
    return spoiled.replace(
        str(marker).encode(), chance.choice((HUGE.encode(), b"-" + HUGE.encode(), b"1e999", b"NaN", b"-Infinity"))
    )


def json_of_strange_values(raw: bytes, chance: random.Random) -> bytes:
    values = ("yesterday", "2026-13-45 99:99", "A::winner", "x" * 50_000, "5:1 - ", "-1:-1", "\u202eowls", "\ud7ff")
    return _items_changed(raw, chance, values, 6)


def json_without_keys(raw: bytes, chance: random.Random) -> bytes:
    listed = json.loads(raw)
    for item in chance.sample(listed, 4):
        for key in chance.sample(sorted(item), chance.choice((1, 6))):
            item.pop(key, None)
    return json.dumps(listed).encode()


def json_of_another_shape(raw: bytes, chance: random.Random) -> bytes:
    listed = json.loads(raw)
    shapes: list[object] = [
        {"matches": listed},
        [listed],
        [],
        {},
        [*listed, 7],
        [*listed, None, "x"],
        "matches",
        7,
        None,
    ]
    return json.dumps(chance.choice(shapes)).encode()


def json_nested(raw: bytes, chance: random.Random) -> bytes:
    depth = chance.choice((50, DEEP))
    opening, closing_ = chance.choice(((b"[", b"]"), (b'{"a":', b"}")))
    deep = opening * depth + b"1" + closing_ * depth
    return chance.choice((deep, raw.replace(b'"Fir Hollow"', deep, 1)))


def json_with_trifles(raw: bytes, chance: random.Random) -> bytes:
    """What people write into JSON by hand."""
    return chance.choice(
        (
            raw.replace(b"},", b"},,", 1),
            raw.replace(b"\n]", b",\n]"),
            raw.replace(b'"', b"'"),
            raw.replace(b"[\n", b"[ // results\n", 1),
            raw.replace(b": 2,", b": 02,", 1),
            raw + b"\nthat is all\n",
            raw.replace(b'"name"', b"name", 1),
        )
    )


# event files: these change a copy that lies on the disk

FileSpoiler = Callable[[Path, random.Random], None]


def in_place(spoiler: Spoiler) -> FileSpoiler:
    """A spoiler of bytes as one of files."""

    def spoil(path: Path, chance: random.Random) -> None:
        path.write_bytes(spoiler(path.read_bytes(), chance))

    return spoil


def page_zeroed(path: Path, chance: random.Random) -> None:
    raw = bytearray(path.read_bytes())
    size = int.from_bytes(raw[16:18], "big") or 4096
    at = chance.randrange(len(raw) // size) * size
    raw[at : at + size] = bytes(size)
    path.write_bytes(raw)


def _executed(path: Path, *statements: str) -> None:
    """Statements of somebody with a database browser, whom no guard of ours stops."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA foreign_keys = OFF")
        for (trigger,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'trigger'").fetchall():
            connection.execute(f'DROP TRIGGER "{trigger}"')
        for statement in statements:
            connection.execute(statement)
        connection.commit()


def of_another_application(path: Path, chance: random.Random) -> None:
    """A SQLite file with somebody else's tables."""
    path.unlink()
    _executed(
        path,
        f"PRAGMA application_id = {chance.randrange(1, 2**31)}",
        "CREATE TABLE bookmarks (id INTEGER PRIMARY KEY, url TEXT)",
        "INSERT INTO bookmarks VALUES (1, 'about:blank')",
    )


def of_a_newer_program(path: Path, chance: random.Random) -> None:
    _executed(path, f"UPDATE alembic_version SET version_num = '{chance.choice(('0999', 'f00dfeed', '2'))}'")


def with_other_marks(path: Path, chance: random.Random) -> None:
    """The marks by which other programs tell files apart; the event in it may be whole."""
    _executed(path, f"PRAGMA {chance.choice(('application_id', 'user_version'))} = {chance.randrange(2, 2**31)}")


def without_a_table(path: Path, chance: random.Random) -> None:
    table = chance.choice(
        ("op", "op_touch", "stream", "file_info", "alembic_version", "register", "match", "person_change")
    )
    _executed(path, f'DROP TABLE "{table}"')


def with_another_table(path: Path, chance: random.Random) -> None:
    """A table of the log holds other columns."""
    table = chance.choice(("op", "stream", "register", "file_info"))
    _executed(path, f'DROP TABLE "{table}"', f'CREATE TABLE "{table}" (a, b)')


def with_entries_gone(path: Path, chance: random.Random) -> None:
    number = chance.choice((1, 2, 3))
    _executed(path, f"DELETE FROM op WHERE seq = {number}")


def with_entries_changed(path: Path, chance: random.Random) -> None:
    """Somebody helped the log along."""
    _executed(path, chance.choice(CHANGES_OF_ENTRIES))


def with_projections_changed(path: Path, chance: random.Random) -> None:
    _executed(path, chance.choice(CHANGES_OF_PROJECTIONS))


def changed_by(statement: str) -> FileSpoiler:
    """One statement of somebody with a database browser."""
    return lambda path, _: _executed(path, statement)


CHANGES_OF_ENTRIES = (
    "UPDATE op SET raw = CAST(replace(raw, 'Owls', 'Eels') AS BLOB) WHERE instr(raw, 'Owls')",
    "UPDATE op SET raw = 'not an entry' WHERE seq = 2",
    "UPDATE op SET raw = x'00ff' WHERE seq = 2",
    "UPDATE op SET raw = 7 WHERE seq = 2",
    "UPDATE op SET sig = zeroblob(64)",
    "UPDATE op SET sig = 'none'",
    "UPDATE op SET hash = 'ff' || substr(hash, 3)",
    "UPDATE op SET hlc = 'zz'",
    "UPDATE op SET op_id = 'twice' || seq",
    "UPDATE op SET seq = seq + 1000 WHERE seq > 2",
    "UPDATE op SET seq = 'two' WHERE seq = 2",
    "UPDATE op_touch SET entity = entity || 'x'",
    "UPDATE stream SET last_seq = 99999",
    "UPDATE stream SET device = 'nobody'",
    "DELETE FROM stream",
    "UPDATE file_info SET value = 'other' WHERE name = 'tournament'",
    "UPDATE file_info SET value = 7",
    "DELETE FROM file_info",
    "DELETE FROM alembic_version",
)
CHANGES_OF_PROJECTIONS = (
    "UPDATE register SET value = '\"Somebody else\"' WHERE register = 'name'",
    "UPDATE register SET heads = 'no list'",
    "UPDATE register SET value = '{{{'",
    "UPDATE register SET reference = 'strange/' || reference",
    "UPDATE register SET disputed = 'yes'",
    "UPDATE projection_meta SET frontier = 'x'",
    "UPDATE projection_meta SET registers = 7",
    "UPDATE match_times SET live_ms = 'soon'",
    "DELETE FROM register",
    "DELETE FROM projection_meta",
)

"""Looks for secrets in bytes as they are, and in everything that programs wrap them in. Knows no desk and no event.

What is looked into: UTF-8, UTF-16, Latin-1; Base64, escapes of JSON, of addresses and of HTML; the members of archives;
streams, texts and properties of PDF; the texts of PNG; the tables of SQLite. Blanks, line ends and case do not count,
so that a folded line of a calendar or a wrapped cell hides nothing.
"""

from __future__ import annotations

import base64
import binascii
import html
import io
import json
import re
import sqlite3
import unicodedata
import urllib.parse
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import closing, suppress
from pathlib import Path
from typing import Final

from tests.privacy.seeds import SEEDS, Seed

DEEPEST: Final = 4
_BASE64: Final = re.compile(rb"[A-Za-z0-9+/_-]{12,}={0,2}")
_ESCAPED: Final = re.compile(r"\\u([0-9a-fA-F]{4})")
_OCTAL: Final = re.compile(rb"\\([0-7]{3})")
_PNG: Final = b"\x89PNG\r\n\x1a\n"
_STREAM: Final = re.compile(rb"stream\r?\n(.*?)\r?\nendstream", re.DOTALL)


def plain(text: str) -> str:
    """A text as it is compared: one form of each letter, no case, no blanks."""
    return re.sub(r"[\s\u00ad\u200b\u200e\u2060]+", "", unicodedata.normalize("NFKC", text).casefold())


_PLAIN: Final = tuple((plain(seed.text), seed) for seed in SEEDS)
_ENCODED: Final = tuple(
    {
        *(
            (unicodedata.normalize(form, seed.text).encode(code, "replace"), seed)
            for seed in SEEDS
            for form in ("NFC", "NFD")
            for code in ("utf-8", "utf-16-le", "utf-16-be", "cp1252")
        ),
        *((json.dumps(seed.text)[1:-1].encode(), seed) for seed in SEEDS),
    }
)
"""Each secret in bytes: what is no text as a whole is searched for these."""


def _is_binary(content: bytes) -> bool:
    return len(content) > 20_000 and content[:20_000].count(0) > 500


def found_in(content: bytes | str) -> frozenset[Seed]:
    """Every secret that can be read out of the content, however it is wrapped."""
    found: set[Seed] = set()
    for layer in layers(content.encode("utf-8", "surrogatepass") if isinstance(content, str) else content):
        found.update(standing_in(layer))
        for text in () if _is_binary(layer) else _texts(layer):
            said = plain(text)
            found.update(seed for word, seed in _PLAIN if word in said)
    return frozenset(found)


def standing_in(content: bytes) -> frozenset[Seed]:
    """Every secret that stands in these bytes as our own files write it; nothing is unwrapped. Quick."""
    return frozenset(seed for word, seed in _ENCODED if word in content)


def layers(content: bytes, depth: int = 0) -> Iterator[bytes]:
    """The content, and what is wrapped in it, and in that."""
    yield content
    if depth >= DEEPEST:
        return
    for unwrap in (_archive, _pdf, _png, _sqlite, _base64):
        for inner in unwrap(content):
            yield from layers(inner, depth + 1)


def _texts(content: bytes) -> Iterator[str]:
    yield (text := content.decode("utf-8", "replace"))
    if "\\u" in text:
        # Halves of letters beyond 16 bits are put together on the way through UTF-16.
        told = _ESCAPED.sub(lambda one: chr(int(one[1], 16)), text)
        yield told.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if "%" in text or "+" in text:
        yield urllib.parse.unquote_plus(text)
    if "&" in text:
        yield html.unescape(text)
    if not content.isascii() or b"\\" in content:
        yield _OCTAL.sub(lambda one: bytes([int(one[1], 8) & 0xFF]), content).decode("latin-1")
    if b"\x00" in content:
        for start in (0, 1):
            for form in ("utf-16-le", "utf-16-be"):
                yield content[start:].decode(form, "replace")


def _archive(content: bytes) -> Iterator[bytes]:
    if not content.startswith(b"PK"):
        return
    with suppress(zipfile.BadZipFile), zipfile.ZipFile(io.BytesIO(content)) as archive:
        yield archive.comment
        for member in archive.infolist():
            yield member.filename.encode()
            yield member.comment
            yield archive.read(member)


def _pdf(content: bytes) -> Iterator[bytes]:
    if not content.startswith(b"%PDF"):
        return
    from pypdf import PdfReader

    reader = PdfReader(io.BytesIO(content))
    yield repr(dict(reader.metadata or {})).encode("utf-8", "surrogatepass")
    for page in reader.pages:
        yield page.extract_text().encode("utf-8", "surrogatepass")
    for name, files in reader.attachments.items():
        yield name.encode()
        yield from files
    for raw in _STREAM.findall(content):
        with suppress(zlib.error):
            yield zlib.decompress(raw)
        with suppress(zlib.error, ValueError):
            yield zlib.decompress(base64.a85decode(raw.strip().removesuffix(b"~>")))


def _png(content: bytes) -> Iterator[bytes]:
    if not content.startswith(_PNG):
        return
    at = len(_PNG)
    while at + 8 <= len(content):
        length = int.from_bytes(content[at : at + 4], "big")
        kind, data = content[at + 4 : at + 8], content[at + 8 : at + 8 + length]
        if kind not in (b"IHDR", b"IDAT", b"IEND"):
            yield data
            key, _, packed = data.partition(b"\x00")
            yield key
            for start in range(min(len(packed), 100)):
                with suppress(zlib.error):
                    yield zlib.decompress(packed[start:])
        at += length + 12


def _sqlite(content: bytes) -> Iterator[bytes]:
    if not content.startswith(b"SQLite format 3\x00"):
        return
    with closing(sqlite3.connect(":memory:")) as copy:
        # Read in memory, a file must not ask for the WAL that it had on the disk.
        copy.deserialize(content[:18] + b"\x01\x01" + content[20:])
        for _, rows in tables_of(copy):
            yield from rows


def tables_of(connection: sqlite3.Connection) -> Iterator[tuple[str, list[bytes]]]:
    """Each table with its cells as bytes."""
    names = [name for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
    for name in names:
        rows = connection.execute(f'SELECT * FROM "{name}"')
        cells = (one for row in rows for one in row if one is not None)
        yield name, [one if isinstance(one, bytes) else str(one).encode("utf-8", "surrogatepass") for one in cells]


def _base64(content: bytes) -> Iterator[bytes]:
    for run in _BASE64.findall(content):
        for start in range(4):
            part = run[start:].rstrip(b"=")
            part = part[: len(part) - (len(part) % 4 == 1)]
            with suppress(binascii.Error, ValueError):
                told = base64.b64decode(part.translate(bytes.maketrans(b"-_", b"+/")) + b"=" * (-len(part) % 4))
                if _looks_like_text(told):
                    yield told


def _looks_like_text(told: bytes) -> bool:
    """Whether decoding gave words at all: in a long text most runs of letters are no Base64."""
    return len(told) >= 8 and (b"\x00" in told or sum(32 <= one < 127 for one in told) * 3 >= len(told) * 2)


def files_below(folder: Path) -> Iterable[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())

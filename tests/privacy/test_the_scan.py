"""The scan itself: what is planted is found, however it is wrapped; else its silence would mean nothing."""

from __future__ import annotations

import base64
import io
import json
import sqlite3
import urllib.parse
import zipfile
import zlib
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from html import escape

import pytest

from tests.privacy.allowed import MAY_HOLD, leaked
from tests.privacy.scanning import found_in
from tests.privacy.seeds import SEEDS, Kind, Seed

BURIED = next(seed for seed in SEEDS if seed.kind is Kind.PRIVATE_INJURY)
TEXT = BURIED.text


def _zip(text: str) -> bytes:
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a/b.txt", f"so {text} it is")
    return raw.getvalue()


def _pdf(text: str, *, title: str = "", compressed: int = 1) -> bytes:
    from reportlab.pdfgen.canvas import Canvas

    raw = io.BytesIO()
    canvas = Canvas(raw, pageCompression=compressed)
    canvas.setTitle(title)
    canvas.drawString(72, 720, text)
    canvas.save()
    return raw.getvalue()


def _png(kind: bytes, data: bytes) -> bytes:
    def chunk(name: bytes, content: bytes) -> bytes:
        return len(content).to_bytes(4, "big") + name + content + zlib.crc32(name + content).to_bytes(4, "big")

    header = chunk(b"IHDR", bytes(13))
    return b"\x89PNG\r\n\x1a\n" + header + chunk(kind, data) + chunk(b"IDAT", bytes(40)) + chunk(b"IEND", b"")


def _sqlite(text: str) -> bytes:
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.execute("CREATE TABLE kept (cell)")
        # Longer than a page: the text goes on in pages of its own and stands nowhere in one piece.
        connection.execute("INSERT INTO kept VALUES (?)", ("x" * (4_096 - len(text)) + text + "y" * 9_000,))
        return connection.serialize()


WRAPPINGS: dict[str, Callable[[str], bytes]] = {
    "UTF-8": lambda text: f"... {text} ...".encode(),
    "upper case": lambda text: text.upper().encode(),
    "UTF-16 of Windows": lambda text: f"\ufeff{text}".encode("utf-16-le"),
    "UTF-16 at an odd place": lambda text: b"x" + text.encode("utf-16-be"),
    "Latin-1": lambda text: f"a;{text};b".encode("latin-1"),
    "Base64": lambda text: base64.b64encode(f"one two {text}".encode()),
    "Base64 in JSON of a zip": lambda text: _zip(json.dumps({"x": base64.urlsafe_b64encode(text.encode()).decode()})),
    "JSON": lambda text: json.dumps({"said": text}).encode(),
    "an address": lambda text: urllib.parse.quote(f"https://x.example/?q={text}").encode(),
    "a form": lambda text: urllib.parse.quote_plus(text).encode(),
    "HTML": lambda text: escape(text).replace("ä", "&auml;").encode("ascii", "xmlcharrefreplace"),
    "a folded line of a calendar": lambda text: "\r\n ".join((text[:7], text[7:])).encode(),
    "a zip": _zip,
    "a zip in a zip": lambda text: _zip_of(_zip(text)),
    "a page of a PDF": _pdf,
    "the title of a PDF": lambda text: _pdf("nothing", title=text),
    "a text of a PNG": lambda text: _png(b"tEXt", b"Comment\x00" + text.encode("latin-1")),
    "a packed text of a PNG": lambda text: _png(b"zTXt", b"Comment\x00\x00" + zlib.compress(text.encode("latin-1"))),
    "a long text of a PNG": lambda text: _png(b"iTXt", b"Comment\x00\x01\x00\x00\x00" + zlib.compress(text.encode())),
    "a table of SQLite": _sqlite,
    "a large file that is no text": lambda text: bytes(30_000) + text.encode() + bytes(30_000),
}


def _zip_of(content: bytes) -> bytes:
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("inner.zip", content)
    return raw.getvalue()


@pytest.mark.parametrize("wrapping", WRAPPINGS)
def test_a_planted_secret_is_found(wrapping: str) -> None:
    assert BURIED in found_in(WRAPPINGS[wrapping](TEXT))
    assert not found_in(WRAPPINGS[wrapping]("Banderole im Sprungbecken"))


def test_every_secret_is_found_as_it_stands() -> None:
    for seed in SEEDS:
        assert seed in found_in(f"a {seed.text}, b")


def test_no_secret_is_part_of_another_kind() -> None:
    for seed in SEEDS:
        assert {one.kind for one in found_in(seed.text)} == {seed.kind}, seed


def test_a_place_that_nobody_listed_may_hold_nothing() -> None:
    assert leaked("export/anything-new", [BURIED])
    assert all(why for _, why in MAY_HOLD.values())
    assert not leaked("table/person_record", [BURIED])
    assert leaked("table/person_record", [replace(BURIED, kind=Kind.CONTACT)])
    assert leaked("pane/teams", [BURIED, Seed(Kind.NAME, "x")]) == [f"pane/teams: {BURIED.kind} {TEXT!r}"]

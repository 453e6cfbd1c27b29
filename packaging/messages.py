"""Keeps the catalogues of resources/locale in step with the source: update from it, compile, and say what is missing.

Translates nothing. English is the language of the source and has no catalogue.
"""

from __future__ import annotations

import re
import sys
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
LOCALE = ROOT / "resources" / "locale"
DOMAIN = "arctos"
UNWANTED_HEADERS = (
    b"Project-Id-Version|POT-Creation-Date|PO-Revision-Date|Last-Translator|"
    b"Report-Msgid-Bugs-To|Language-Team|Generated-By"
)

# The calls whose text a person reads: tournament.words makes sentences, ui.text makes labels.
KEYWORDS = {"say": None, "say_n": (1, 2), "tr": None, "tr_n": (1, 2)}


def extract(package: Path = ROOT / "arctos_desk") -> Catalog:
    """Every text in the source, with the files it stands in."""
    catalog = Catalog(domain=DOMAIN, fuzzy=False)
    found = extract_from_dir(
        package, method_map=[("**.py", "python")], keywords=KEYWORDS, comment_tags=("Translators:",)
    )
    for name, _line, msgid, comments, context in found:
        place = (package / name).relative_to(package.parent).as_posix()
        catalog.add(msgid, None, [(place, None)], auto_comments=comments, context=context)
    return catalog


def catalogues() -> dict[str, Path]:
    return {path.parent.parent.name: path for path in sorted(LOCALE.glob(f"*/LC_MESSAGES/{DOMAIN}.po"))}


def read(path: Path, language: str) -> Catalog:
    with path.open("rb") as file:
        return read_po(file, locale=language, domain=DOMAIN, abort_invalid=True)


def written(catalog: Catalog) -> bytes:
    """The catalogue as a file. Dates and line numbers are left out: they change when nothing did."""
    out = BytesIO()
    write_po(
        out, catalog, width=110, sort_output=True, ignore_obsolete=True, include_lineno=False, include_previous=False
    )
    kept = re.sub(rb'"(%s): [^"]*"\n' % UNWANTED_HEADERS, b"", out.getvalue())
    return re.sub(rb"\A(#[^\n]*\n)*", b"", kept).lstrip(b"#\n")


def wanting(catalog: Catalog) -> list[Message]:
    """Messages which are not translated, or only guessed."""
    return [message for message in catalog if message.id and (message.fuzzy or not _whole(message.string))]


def _whole(string: str | tuple[str, ...] | list[str]) -> bool:
    return bool(string) and (isinstance(string, str) or all(string))


def update() -> None:
    template = extract()
    for language, path in catalogues().items():
        catalog = read(path, language)
        # No guesses from similar texts: a wrong sentence that looks finished is worse than an empty one.
        catalog.update(template, no_fuzzy_matching=True)
        fresh = written(catalog)
        if fresh != path.read_bytes():
            path.write_bytes(fresh)
        missing = wanting(read(path, language))
        print(f"{language}: {len(catalog)} texts, {len(missing)} to translate")


def compile_all() -> None:
    for language, path in catalogues().items():
        catalog = read(path, language)
        target = path.with_suffix(".mo")
        # Replaced in one step, because a desk may be reading it.
        fresh = target.with_suffix(".mo.new")
        with fresh.open("wb") as file:
            write_mo(file, catalog)
        fresh.replace(target)


def show() -> int:
    count = 0
    for language, path in catalogues().items():
        for message in wanting(read(path, language)):
            count += 1
            print(f"{language}: {message.id!r}")
    return 1 if count else 0


def main(words: list[str]) -> int:
    orders = {"update": update, "compile": compile_all, "missing": show}
    if len(words) != 1 or words[0] not in orders:
        print(f"usage: messages.py {' | '.join(orders)}", file=sys.stderr)
        return 2
    return orders[words[0]]() or 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

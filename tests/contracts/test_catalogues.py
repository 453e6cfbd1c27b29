"""The catalogues that ship: whole, in step with themselves, and readable."""

from __future__ import annotations

import gettext
import importlib.util
from functools import cache
from pathlib import Path
from types import ModuleType

import pytest
from babel.messages.catalog import Catalog

from arctos_desk.runtime.messages import DOMAIN, LANGUAGES, placeholders

ROOT = Path(__file__).resolve().parents[2]
TRANSLATED = [language for language in LANGUAGES if language != "en"]


def _messages_script() -> ModuleType:
    # A script of a folder that is no package is loaded by its place.
    spec = importlib.util.spec_from_file_location("packaging_messages", ROOT / "packaging" / "messages.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


script = _messages_script()


@pytest.fixture(params=TRANSLATED)
def catalogue(request: pytest.FixtureRequest) -> Catalog:
    path: Path = script.catalogues()[request.param]
    found: Catalog = script.read(path, request.param)
    return found


@cache
def _source() -> Catalog:
    found: Catalog = script.extract()
    return found


def _forms(string: str | tuple[str, ...] | list[str]) -> tuple[str, ...]:
    return (string,) if isinstance(string, str) else tuple(string)


def test_every_language_we_ship_has_its_catalogue() -> None:
    assert sorted(script.catalogues()) == sorted(TRANSLATED)


def test_nothing_is_left_untranslated_or_guessed(catalogue: Catalog) -> None:
    assert [message.id for message in script.wanting(catalogue)] == []


def test_every_text_of_the_source_is_in_the_catalogue_and_no_other(catalogue: Catalog) -> None:
    """`make messages` was called after the last new sentence."""

    def keys(some: Catalog) -> set[object]:
        return {message.id for message in some if message.id}

    assert keys(catalogue) == keys(_source())


def test_a_translation_fills_the_same_placeholders_as_its_source(catalogue: Catalog) -> None:
    differing = []
    for message in catalogue:
        if not message.id:
            continue
        sources = [placeholders(form) for form in _forms(message.id)]
        # A plural may drop the number in one of its forms ("one match"), but never ask for more than the source has.
        allowed, needed = set().union(*sources), set.intersection(*sources)
        for form in _forms(message.string):
            if not needed <= placeholders(form) <= allowed:
                differing.append((message.id, form))
    assert differing == []


def test_a_translation_ends_like_its_source(catalogue: Catalog) -> None:
    endings = (".", "?", "!", ":", "…", "...", " ")
    differing = [
        (source, form)
        for message in catalogue
        if message.id
        for source, form in zip(_forms(message.id), _forms(message.string), strict=True)
        if next((end for end in endings if source.endswith(end)), "")
        != next((end for end in endings if form.endswith(end)), "")
    ]
    assert differing == []


def test_catalogues_are_written_as_the_program_writes_them(catalogue: Catalog) -> None:
    path: Path = script.catalogues()[str(catalogue.locale)]
    assert script.written(catalogue) == path.read_bytes()


def test_compiled_catalogues_say_what_their_sources_say(
    catalogue: Catalog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path / str(catalogue.locale) / "LC_MESSAGES" / f"{DOMAIN}.po"
    place.parent.mkdir(parents=True)
    place.write_bytes(script.written(catalogue))
    monkeypatch.setattr(script, "LOCALE", tmp_path)
    script.compile_all()
    with place.with_suffix(".mo").open("rb") as file:
        compiled = gettext.GNUTranslations(file)
    for message in catalogue:
        if message.id and isinstance(message.id, str):
            assert compiled.gettext(message.id) == message.string


def test_update_finds_new_texts_forgets_old_ones_and_guesses_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    package = tmp_path / "arctos_desk"
    package.mkdir()
    (package / "desk.py").write_text(
        'say("Start {match}", match=m)\nsay_n("{count} team", "{count} teams", n)\ntr("Board")\nlog("not for people")\n'
    )
    place = tmp_path / "de" / "LC_MESSAGES" / f"{DOMAIN}.po"
    place.parent.mkdir(parents=True)
    before = Catalog(locale="de", domain=DOMAIN)
    before.add("Board", "Tafel")
    before.add("Start {game}", "{game} beginnen")
    place.write_bytes(script.written(before))
    fresh = script.extract(package)
    monkeypatch.setattr(script, "LOCALE", tmp_path)
    monkeypatch.setattr(script, "extract", lambda: fresh)
    script.update()
    after = script.read(place, "de")
    assert {message.id: message.string for message in after if message.id} == {
        "Board": "Tafel",
        "Start {match}": "",
        ("{count} team", "{count} teams"): ("", ""),
    }
    assert "2 to translate" in capsys.readouterr().out

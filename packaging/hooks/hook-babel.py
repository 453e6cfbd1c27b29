"""Customs of the languages of the desk, of about a thousand that Babel knows."""

from pathlib import PurePath

from PyInstaller.utils.hooks import collect_data_files

from arctos_desk.runtime.messages import LANGUAGES

hiddenimports = ["babel.dates", "babel.localedata", "babel.numbers", "babel.plural"]


def _stays(source: str) -> bool:
    path = PurePath(source)
    return path.parent.name != "locale-data" or path.stem == "root" or path.stem.split("_")[0] in LANGUAGES


datas = [(source, folder) for source, folder in collect_data_files("babel") if _stays(source)]

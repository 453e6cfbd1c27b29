"""Of the toolkit's own words, those in the languages of the desk."""

from pathlib import PurePath

from PyInstaller.utils.hooks.qt import add_qt6_dependencies

from arctos_desk.runtime.messages import LANGUAGES

hiddenimports, binaries, datas = add_qt6_dependencies(__file__)
datas = [
    (source, folder)
    for source, folder in datas
    if PurePath(source).suffix != ".qm" or PurePath(source).stem in {f"qtbase_{language}" for language in LANGUAGES}
]

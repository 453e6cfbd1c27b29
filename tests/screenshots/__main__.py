"""Take pictures of the screens: `python -m tests.screenshots --out out/screenshots`, or `make screenshots`."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from arctos_desk.ui import theme
from tests.screenshots.camera import take
from tests.screenshots.scenes import SCENES


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.screenshots", description=__doc__)
    parser.add_argument("--out", type=Path, default=Path("out/screenshots"), help="the folder for the pictures")
    parser.add_argument("--theme", choices=tuple(theme.THEMES), action="append", help="only this theme")
    parser.add_argument("--language", choices=("en", "de", "es"), default="en", help="the language of the window")
    parser.add_argument("scenes", nargs="*", metavar="SCENE", help=f"only these: {', '.join(s.name for s in SCENES)}")
    options = parser.parse_args(arguments)
    known = {scene.name for scene in SCENES}
    unknown = [name for name in options.scenes if name not in known]
    if unknown:
        parser.error(f"no such scene: {', '.join(unknown)}")
    # Pictures need no display and must not depend on the one that is there, nor on the keyring of whoever takes them.
    os.environ.update(QT_QPA_PLATFORM="offscreen", PYTHON_KEYRING_BACKEND="keyring.backends.fail.Keyring")
    for name in ("QT_SCALE_FACTOR", "QT_STYLE_OVERRIDE", "QT_QPA_PLATFORMTHEME"):
        os.environ.pop(name, None)
    chosen = [scene for scene in SCENES if not options.scenes or scene.name in options.scenes]
    pictures = take(options.out, scenes=chosen, themes=options.theme or tuple(theme.THEMES), language=options.language)
    print(f"{len(pictures)} pictures: {options.out / 'index.html'}")
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""Builds the program that needs no Python into dist/arctos-desk, when it is not there or older than what it is made of.

Calls PyInstaller with arctos-desk.spec, takes what only a debugger reads from the libraries, and lays icons, desktop
entry and licences beside it. Signs nothing and makes no installer: README.md in this folder says how that is done.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib.metadata
import re
import shutil
import subprocess
import sys
import sysconfig
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PACKAGING = ROOT / "packaging"
WORK = ROOT / "build" / "bundle"
DIST = ROOT / "dist"
BUILT = DIST / "arctos-desk"
PROGRAM = BUILT / ("arctos-desk.exe" if sys.platform == "win32" else "arctos-desk")
MARK = DIST / "arctos-desk.mark"

MADE_OF = ("arctos_desk", "migrations", "resources", "packaging")
NO_PART = ("__pycache__", ".po", ".pot", ".pyc", ".md")
LICENCE = re.compile(r"(licen[cs]e|copying|notice|authors)", re.IGNORECASE)


def mark() -> str:
    """What the program would be made of now, as one word."""
    digest = hashlib.sha256(sys.version.encode())
    files = [ROOT / "pyproject.toml", ROOT / "LICENSE"]
    for folder in MADE_OF:
        files += (path for path in (ROOT / folder).rglob("*") if not path.is_dir())
    for path in sorted(files):
        if path.suffix not in NO_PART and not set(path.parts) & set(NO_PART):
            digest.update(path.relative_to(ROOT).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def fresh() -> bool:
    """Whether the built program is there and made of what is here now."""
    return PROGRAM.is_file() and MARK.is_file() and MARK.read_text() == mark()


def why_not() -> str:
    """Why this machine cannot build the program; empty when it can."""
    if not sys.platform.startswith("linux"):
        return ""
    missing = [tool for tool in ("objdump", "strip") if not shutil.which(tool)]
    if missing:
        return f"{' and '.join(missing)} is missing here (Debian: binutils)"
    from PyInstaller.depend.bindepend import get_python_library_path
    from PyInstaller.exceptions import PythonLibraryNotFoundError

    try:
        get_python_library_path()
    except PythonLibraryNotFoundError:
        return f"{sys.base_prefix} holds no Python as a shared library (Debian: libpython3; pyenv: --enable-shared)"
    return ""


def build() -> None:
    """Build anew beside the old one and put it in its place when it is whole. Exits when something is wrong."""
    sys.path.insert(0, str(PACKAGING))
    from icons import write_icons

    wanted = mark()
    icons = ROOT / "build" / "icons"
    shutil.rmtree(icons, ignore_errors=True)
    write_icons(icons)
    made = WORK / "dist" / "arctos-desk"
    command = [
        sys.executable, "-m", "PyInstaller", "--noconfirm", "--log-level", "WARN",
        "--workpath", WORK / "work", "--distpath", WORK / "dist", PACKAGING / "arctos-desk.spec",
    ]  # fmt: skip
    if subprocess.run([str(part) for part in command], cwd=ROOT, check=False).returncode != 0:
        sys.exit("The builder stopped; see above.")
    missed = left_out((WORK / "work" / "arctos-desk" / "warn-arctos-desk.txt").read_text(encoding="utf-8"))
    if missed:
        sys.exit("The desk imports what is not built in (packaging/arctos-desk.spec, WITHOUT):\n" + "\n".join(missed))
    if sys.platform.startswith("linux"):
        strip(made)
        shutil.copytree(icons / "hicolor", made / "share" / "icons" / "hicolor")
        for name, folder in (("arctos-desk.desktop", "applications"), ("arctos-desk.xml", "mime/packages")):
            (made / "share" / folder).mkdir(parents=True)
            shutil.copy(PACKAGING / name, made / "share" / folder / name)
        shutil.copy(PACKAGING / "install-linux.sh", made / "install.sh")
    licences(made / "licences")
    MARK.unlink(missing_ok=True)
    shutil.rmtree(BUILT, ignore_errors=True)
    DIST.mkdir(exist_ok=True)
    made.rename(BUILT)
    MARK.write_text(wanted)


def left_out(warnings: str) -> list[str]:
    """The lines of the builder's warnings which say that a module of ours lacks something it cannot do without.

    What is asked for on a condition and is nowhere belongs to another system; what we left out is never asked for.
    """
    found: list[str] = []
    for line in warnings.splitlines():
        told = re.match(r"(missing|excluded) module named '?([\w.]+)'? - imported by (.*)", line)
        if told is None:
            continue
        allowed = {"optional", "conditional"} if told[1] == "missing" else {"optional"}
        for module, how in re.findall(r"(arctos_desk[\w.]*) \(([^)]*)\)", told[3]):
            if not allowed & set(how.split(", ")):
                found.append(f"  {module} imports {told[2]}")
    return found


def strip(folder: Path) -> None:
    """Take from libraries what only a debugger reads; those of wheels that bring their own were stripped by others."""
    libraries = [
        str(path)
        for path in folder.rglob("*.so*")
        if path.is_file() and not path.is_symlink() and not {"PySide6", "pillow.libs"} & set(path.parts)
    ]
    subprocess.run(["strip", "--strip-unneeded", *libraries], check=True)


def licences(to: Path) -> None:
    """Our licence, Python's, and those of every library that a lock names, as they came; a list says what is which."""
    to.mkdir()
    shutil.copy(ROOT / "LICENSE", to / "Arctos Desk.txt")
    python = Path(sysconfig.get_path("stdlib")) / "LICENSE.txt"
    if python.is_file():
        shutil.copy(python, to / "Python.txt")
    listed: list[str] = []
    for line in (PACKAGING / "requirements.lock").read_text(encoding="utf-8").splitlines():
        named = re.match(r"([A-Za-z0-9._-]+)==", line)
        if named is None:
            continue
        try:
            library = importlib.metadata.distribution(named[1])
        except importlib.metadata.PackageNotFoundError:
            continue  # of another system
        about = library.metadata
        told = about.get("License-Expression") or (about.get("License") or "see its file").splitlines()[0]
        listed.append(f"{library.name} {library.version}: {told}")
        for file in library.files or ():
            path = Path(str(library.locate_file(file)))
            if ".dist-info" in str(file) and LICENCE.search(path.name) and path.is_file():
                target = to / f"{library.name}-{library.version}" / path.name
                target.parent.mkdir(exist_ok=True)
                shutil.copy(path, target)
    (to / "Libraries.txt").write_text("\n".join(listed) + "\n", encoding="utf-8")


def megabytes(folder: Path) -> float:
    return sum(path.lstat().st_size for path in folder.rglob("*") if not path.is_dir()) / 1_000_000


def main() -> None:
    parser = argparse.ArgumentParser(description="Builds the program that needs no Python.")
    parser.add_argument("--anew", action="store_true", help="also when nothing has changed")
    parser.add_argument("--if-possible", action="store_true", help="a machine that cannot build it is no failure")
    wanted = parser.parse_args()
    if wanted.anew or not fresh():
        obstacle = why_not()
        if obstacle:
            print(f"The program is not built: {obstacle}.", file=sys.stderr)
            sys.exit(0 if wanted.if_possible else 1)
        began = time.perf_counter()
        build()
        print(f"Built in {time.perf_counter() - began:.0f} s.")
    print(f"{PROGRAM.relative_to(ROOT)}: {megabytes(BUILT):.0f} MB with all it needs.")


if __name__ == "__main__":
    main()

"""The rules between packages, as sentences. The rings themselves stand in pyproject.toml; here they are held."""

from __future__ import annotations

import ast
import importlib.util
import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "arctos_desk"

PURE = {
    "tournament", "ass", "wire", "scheduling", "formats", "matches", "registration", "side_comps",
    "planning", "operations", "publishing", "interchange",
}  # fmt: skip

# Names that name nothing: what lies in them belongs to a thing that has a name.
EMPTY_NAMES = re.compile(r"^(utils?|helpers?|misc|common|tools|manager|managers|stuff|lib|base|core|shared|data)$")

# Calls by which the world leaks into a pure ring. Time, chance and ids come in by argument.
IMPURE_CALLS = {
    ("time", "time"), ("time", "time_ns"), ("time", "sleep"), ("time", "localtime"),
    ("datetime", "now"), ("datetime", "utcnow"), ("datetime", "today"), ("date", "today"),
    ("uuid", "uuid1"), ("uuid", "uuid4"), ("uuid", "uuid6"), ("uuid", "uuid7"),
    ("os", "urandom"), ("os", "getenv"), ("secrets", "token_bytes"), ("secrets", "token_hex"),
    ("random", "random"), ("random", "randint"), ("random", "choice"), ("random", "shuffle"), ("random", "seed"),
    ("random", "sample"), ("random", "randrange"), ("random", "uniform"),
}  # fmt: skip
IMPURE_LIBRARIES = {
    "asyncio", "multiprocessing", "platformdirs", "keyring", "requests", "sched", "secrets", "select", "shelve",
    "signal", "socket", "sqlite3", "structlog", "subprocess", "tempfile", "threading", "urllib.request",
}  # fmt: skip


@cache
def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def modules(*packages: str) -> list[Path]:
    return [path for package in packages for path in sorted((PACKAGE / package).rglob("*.py"))]


def of_the_pure_rings() -> list[Path]:
    return modules(*sorted(PURE))


def imports(path: Path) -> Iterator[str]:
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            yield node.module


@cache
def tracked() -> tuple[Path, ...]:
    """Files of the repository; from an unpacked archive without history, there is nothing to look at."""
    found = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False)
    paths = (ROOT / name for name in found.stdout.split("\0") if name)
    return tuple(path for path in paths if path.is_file())


def tracked_texts() -> Iterator[tuple[str, str]]:
    for path in tracked():
        content = path.read_bytes()
        if b"\0" not in content[:8192]:
            yield path.relative_to(ROOT).as_posix(), content.decode("utf-8", errors="replace")


@pytest.mark.skipif(importlib.util.find_spec("importlinter") is None, reason="held where the makers' tools are")
def test_a_package_imports_only_lower_rings_and_each_library_stays_at_home() -> None:
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", "from importlinter.cli import lint_imports_command as c; c()", "--no-cache"]
    found = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert found.returncode == 0, found.stdout + found.stderr


def test_every_pure_ring_has_its_place_in_the_contract() -> None:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    layers = next(contract["layers"] for contract in contracts if contract["id"] == "rings")
    rings = [set(re.findall(r"\w+", layer)) for layer in layers]
    runtime = rings.index({"runtime"})
    assert set().union(*rings[runtime + 1 :]) == PURE
    assert next(contract["exhaustive"] for contract in contracts if contract["id"] == "rings") is True


def test_no_package_and_no_module_is_named_after_nothing() -> None:
    named = [path.relative_to(ROOT).as_posix() for path in PACKAGE.rglob("*.py") if EMPTY_NAMES.match(path.stem)]
    folders = [path.relative_to(ROOT).as_posix() for path in PACKAGE.rglob("*/") if EMPTY_NAMES.match(path.name)]
    assert named + folders == []


def test_folders_of_the_checkout_are_no_packages() -> None:
    # A package called `packaging` would stand before the library of that name.
    found = [path for name in ("packaging", "resources", "migrations") for path in (ROOT / name).rglob("__init__.py")]
    assert found == []


def test_the_pure_rings_reach_for_nothing_of_the_machine() -> None:
    found = [
        f"{path.relative_to(ROOT)} imports {name}"
        for path in of_the_pure_rings()
        for name in imports(path)
        if name in IMPURE_LIBRARIES or name.split(".")[0] in IMPURE_LIBRARIES
    ]
    assert found == []


def test_time_chance_and_ids_come_into_the_pure_rings_by_argument() -> None:
    found = []
    for path in of_the_pure_rings():
        for node in ast.walk(tree_of(path)):
            if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
                continue
            owner = node.func.value
            name = owner.id if isinstance(owner, ast.Name) else owner.attr if isinstance(owner, ast.Attribute) else ""
            if (name, node.func.attr) in IMPURE_CALLS:
                found.append(f"{path.relative_to(ROOT)}:{node.lineno} calls {name}.{node.func.attr}")
    assert found == []


def test_values_of_the_pure_rings_are_frozen_and_slotted() -> None:
    found = []
    for path in of_the_pure_rings():
        for node in ast.walk(tree_of(path)):
            if not isinstance(node, ast.ClassDef):
                continue
            for decorator in node.decorator_list:
                call = decorator if isinstance(decorator, ast.Call) else None
                name = call.func if call else decorator
                if not isinstance(name, ast.Name) or name.id != "dataclass":
                    continue
                given = {word.arg: getattr(word.value, "value", None) for word in call.keywords} if call else {}
                # `eq=False` says: a thing with an identity, not a value. And what gathers while one fold or one reading
                # runs stays in its module. Both may change; they are slotted all the same.
                changes = given.get("eq") is False or node.name.startswith("_")
                wanted = {"slots"} if changes else {"slots", "frozen"}
                if not all(given.get(word) for word in wanted):
                    found.append(f"{path.relative_to(ROOT)}:{node.lineno} {node.name}")
    assert found == []


def test_every_module_opens_with_what_it_holds() -> None:
    found = [
        path.relative_to(ROOT).as_posix() for path in PACKAGE.rglob("*.py") if not ast.get_docstring(tree_of(path))
    ]
    assert found == []


def test_migrations_import_nothing_of_ours() -> None:
    found = [
        f"{path.relative_to(ROOT)} imports {name}"
        for path in sorted((ROOT / "migrations").rglob("versions/*.py"))
        for name in imports(path)
        if name.split(".")[0] == "arctos_desk"
    ]
    assert found == []


def test_no_file_names_a_place_to_download_packages_from() -> None:
    # Written in pieces, so that this file does not name one either.
    hosts = re.compile(
        "|".join((r"py" + r"pi\.org", r"python" + r"hosted", r"--(extra-)?index" + r"-url ?[=h]", r"simple/ ?\n"))
    )
    assert [name for name, text in tracked_texts() if hosts.search(text)] == []


def test_no_file_names_a_path_of_one_machine() -> None:
    paths = re.compile(r"(?<![\w./~}-])/(work|home|Users|root|tmp/arctos)/\w")
    allowed = {"LICENSE"}
    found = [
        f"{name}: {match[0]}"
        for name, text in tracked_texts()
        if name not in allowed
        for match in [paths.search(text)]
        if match
    ]
    assert found == []


def test_lines_of_the_locks_carry_hashes_and_one_version_for_all() -> None:
    versions: dict[str, set[str]] = {}
    for lock in sorted((ROOT / "packaging").glob("requirements*.lock")):
        entries = re.split(r"\n(?=[a-zA-Z0-9])", lock.read_text())
        pinned = [entry for entry in entries if re.match(r"[\w.-]+==", entry)]
        assert pinned
        for entry in pinned:
            assert "--hash=sha256:" in entry, entry.splitlines()[0]
            name, version = entry.split()[0].split("==")
            versions.setdefault(name, set()).add(version)
    assert [name for name, found in versions.items() if len(found) > 1] == []


def test_the_pure_lock_knows_no_toolkit_and_no_database_window() -> None:
    text = (ROOT / "packaging" / "requirements-pure.lock").read_text().lower()
    assert re.findall(r"^(pyside6[\w-]*|shiboken6|pytest-qt)==", text, re.MULTILINE) == []


def test_every_library_asked_for_is_locked() -> None:
    asked = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["dependencies"]
    names = {re.match(r"[\w.-]+", line)[0].lower() for line in asked}  # type: ignore[index]
    lock = (ROOT / "packaging" / "requirements.lock").read_text()
    assert names - set(re.findall(r"^([\w.-]+)==", lock, re.MULTILINE)) == set()

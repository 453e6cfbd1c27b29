"""Makes a checkout runnable: environment, locked packages, catalogues, and the libraries Qt asks of the machine.

Uses the standard library alone, because it runs before anything is installed. Chooses no versions: the locks do.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PACKAGING = ROOT / "packaging"

# Shared objects that PySide6 expects of the machine, and the Debian package which brings each.
DEBIAN_PACKAGE_OF = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libGLX.so.0": "libglx0",
    "libOpenGL.so.0": "libopengl0",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libX11.so.6": "libx11-6",
    "libXext.so.6": "libxext6",
    "libXrender.so.1": "libxrender1",
    "libICE.so.6": "libice6",
    "libSM.so.6": "libsm6",
    "libdbus-1.so.3": "libdbus-1-3",
    "libdrm.so.2": "libdrm2",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libgbm.so.1": "libgbm1",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libgthread-2.0.so.0": "libglib2.0-0",
    "libgssapi_krb5.so.2": "libgssapi-krb5-2",
    "libwayland-client.so.0": "libwayland-client0",
    "libwayland-cursor.so.0": "libwayland-cursor0",
    "libwayland-egl.so.1": "libwayland-egl1",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-glx.so.0": "libxcb-glx0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-render.so.0": "libxcb-render0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-util.so.1": "libxcb-util1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xinput.so.0": "libxcb-xinput0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxcb.so.1": "libxcb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxkbcommon.so.0": "libxkbcommon0",
}

# What the desk loads: the window on X11 and Wayland, painting without a display, and the libraries beneath them.
QT_OBJECTS = (
    "Qt/lib/libQt6Core.so.6",
    "Qt/lib/libQt6DBus.so.6",
    "Qt/lib/libQt6Gui.so.6",
    "Qt/lib/libQt6Network.so.6",
    "Qt/lib/libQt6OpenGL.so.6",
    "Qt/lib/libQt6Svg.so.6",
    "Qt/lib/libQt6WaylandClient.so.6",
    "Qt/lib/libQt6Widgets.so.6",
    "Qt/lib/libQt6XcbQpa.so.6",
    "Qt/plugins/platforms/libqoffscreen.so",
    "Qt/plugins/platforms/libqwayland*.so",
    "Qt/plugins/platforms/libqxcb.so",
    "Qt/plugins/wayland-shell-integration/libxdg-shell.so",
    "Qt/plugins/xcbglintegrations/*.so",
)


def say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def give_up(text: str) -> None:
    say(text)
    sys.exit(1)


def run(*command: str | Path, **more: object) -> None:
    """Runs one command of the set-up; its own words have said what went wrong, ours say where we stopped."""
    code = subprocess.run([str(part) for part in command], cwd=ROOT, check=False, **more).returncode  # type: ignore[call-overload]
    if code != 0:
        give_up(f"Set-up stopped (exit code {code}) at: {' '.join(str(part) for part in command)}")


def fingerprint(*paths: Path, words: str = "") -> str:
    digest = hashlib.sha256(words.encode())
    for path in paths:
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def done(stamp: Path, mark: str) -> bool:
    return stamp.is_file() and stamp.read_text() == mark


# The machine


def with_rights(*command: str) -> list[str] | None:
    """The command with the rights that installing needs, or None where nobody gave them to us."""
    if not hasattr(os, "geteuid"):
        return None
    if os.geteuid() == 0:
        return list(command)
    if (
        shutil.which("sudo")
        and subprocess.run(["sudo", "-n", "true"], capture_output=True, check=False).returncode == 0
    ):
        return ["sudo", "-n", *command]
    return None


def install_debian(packages: list[str], *, purpose: str) -> bool:
    """Installs Debian packages where that is allowed, and otherwise prints the one command that does."""
    by_hand = f"apt-get update && apt-get install -y --no-install-recommends {' '.join(packages)}"
    if not shutil.which("apt-get"):
        say(f"{purpose} Debian calls the packages {' '.join(packages)}; please install their counterparts here.")
        return False
    install = with_rights(
        "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "install", "-y", "-q", "--no-install-recommends", *packages
    )
    update = with_rights("apt-get", "update", "-q")
    if install is None or update is None:
        say(f"{purpose} This command installs it:\n\n    sudo sh -c '{by_hand}'\n")
        return False
    say(f"{purpose} Installing {' '.join(packages)} ...")
    # A list of packages that cannot be refreshed may still be good enough, so only the second command counts.
    subprocess.run(update, stdout=subprocess.DEVNULL, check=False)
    if subprocess.run(install, stdout=subprocess.DEVNULL, check=False).returncode != 0:
        say(f"That failed. When it can be done, this command does it:\n\n    sudo sh -c '{by_hand}'\n")
        return False
    return True


def missing_objects(pyside: Path) -> set[str]:
    """Names of shared objects which Qt asks for and neither it nor the machine has."""
    paths = [str(path) for pattern in QT_OBJECTS for path in sorted(pyside.glob(pattern))]
    if not paths:
        return set()
    environment = {**os.environ, "LC_ALL": "C"}
    shown = subprocess.run(["ldd", *paths], capture_output=True, text=True, check=False, env=environment).stdout
    return {line.split()[0] for line in shown.splitlines() if line.strip().endswith("not found")}


def has_a_font() -> bool:
    folders = (Path("/usr/share/fonts"), Path("/usr/local/share/fonts"), Path.home() / ".local/share/fonts")
    return any(next(folder.rglob(f"*.{kind}"), None) for folder in folders for kind in ("ttf", "otf", "ttc"))


def prepare_machine(venv: Path) -> None:
    """Looks after what Qt needs of a Linux machine; never stops the set-up, since much works without a window."""
    if not sys.platform.startswith("linux") or not shutil.which("ldd"):
        return
    pyside = next(iter(venv.glob("lib/python*/site-packages/PySide6")), None)
    if pyside is None:
        return
    # The machine is no part of the checkout: a stamp would outlive it in a copied folder, so it names the machine.
    stamp = venv / ".machine"
    machine = Path("/etc/machine-id")
    mark = fingerprint(
        Path(__file__), words=f"{os.uname().nodename} {machine.read_text() if machine.is_file() else ''}"
    )
    if done(stamp, mark):
        return
    objects = missing_objects(pyside)
    packages = sorted({DEBIAN_PACKAGE_OF[name] for name in objects if name in DEBIAN_PACKAGE_OF})
    if not has_a_font():
        packages.append("fonts-dejavu-core")
    unknown = sorted(objects - DEBIAN_PACKAGE_OF.keys())
    if unknown:
        say(f"Qt misses {', '.join(unknown)}; which package brings them on this machine we do not know.")
    if packages and not install_debian(packages, purpose="Qt needs libraries or fonts that this machine lacks."):
        return
    stamp.write_text(mark)


# The environment


def works(python: Path) -> bool:
    if not python.is_file():
        return False
    question = "import sys, pip; sys.exit(0 if sys.version_info >= (3, 11) else 1)"
    return subprocess.run([str(python), "-c", question], capture_output=True, check=False).returncode == 0


def create_environment(venv: Path) -> Path:
    python = venv / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    # Scripts in an environment carry its path, so one that was moved with its folder is made again.
    place = venv / ".place"
    if place.is_file() and place.read_text() == str(venv) and python.is_file():
        return python
    if place.is_file() and place.read_text() != str(venv):
        shutil.rmtree(venv)
    if not works(python):
        if importlib.util.find_spec("ensurepip") is None or importlib.util.find_spec("venv") is None:
            version = f"{sys.version_info.major}.{sys.version_info.minor}"
            if not install_debian([f"python{version}-venv"], purpose=f"Python {version} here lacks its venv module."):
                give_up("Without it no environment can be made. Install it, then call make again.")
        say(f"Creating {venv.name} with Python {sys.version.split()[0]} ...")
        run(sys.executable, "-m", "venv", "--clear", venv)
    place.write_text(str(venv))
    return python


def install_locked(python: Path, venv: Path, lock: Path, *, stamp_name: str = ".packages") -> None:
    stamp = venv / stamp_name
    mark = fingerprint(lock)
    if done(stamp, mark):
        return
    stamp.unlink(missing_ok=True)
    say(f"Installing what {lock.relative_to(ROOT)} names into {venv.name} ...")
    run(
        python, "-m", "pip", "install", "-qq", "--disable-pip-version-check", "--no-deps",
        "--only-binary", ":all:", "--require-hashes", "-r", lock,
    )  # fmt: skip
    stamp.write_text(mark)


def install_ourselves(python: Path, venv: Path) -> None:
    stamp = venv / ".ourselves"
    mark = fingerprint(ROOT / "pyproject.toml", ROOT / "arctos_desk" / "__init__.py")
    if done(stamp, mark):
        return
    stamp.unlink(missing_ok=True)
    run(
        python,
        "-m",
        "pip",
        "install",
        "-qq",
        "--disable-pip-version-check",
        "--no-deps",
        "--no-build-isolation",
        "-e",
        ROOT,
    )
    stamp.write_text(mark)


def prepare_builder(python: Path, venv: Path) -> None:
    """What `make bundle` needs beside the makers' tools. What still lacks after it, bundle.py says."""
    install_locked(python, venv, PACKAGING / "requirements-bundle.lock", stamp_name=".builder")
    if not sys.platform.startswith("linux"):
        return
    packages = [] if shutil.which("objdump") and shutil.which("strip") else ["binutils"]
    # Debian's Python has its shared library in a package of its own; other Pythons have one or have none.
    folder, name = (sysconfig.get_config_var(one) or "" for one in ("LIBDIR", "INSTSONAME"))
    if folder.startswith("/usr/lib/") and ".so" in name and not Path(folder, name).exists():
        packages.append(f"libpython{sys.version_info.major}.{sys.version_info.minor}")
    if packages:
        install_debian(packages, purpose="Building the program needs what reads libraries, and Python as one.")


def compile_catalogues(python: Path, venv: Path) -> None:
    sources = sorted((ROOT / "resources" / "locale").glob("*/LC_MESSAGES/*.po"))
    compiled = [source.with_suffix(".mo") for source in sources]
    stamp = venv / ".catalogues"
    mark = fingerprint(*sources)
    if done(stamp, mark) and all(path.is_file() for path in compiled):
        return
    run(python, PACKAGING / "messages.py", "compile")
    stamp.write_text(mark)


def main() -> None:
    parser = argparse.ArgumentParser(description="Makes this checkout runnable.")
    parser.add_argument(
        "--pure", action="store_true", help="the small environment without Qt, for the pure rings' tests"
    )
    parser.add_argument("--bundle", action="store_true", help="the builder as well, for the program without Python")
    wanted = parser.parse_args()
    venv = ROOT / (".venv-pure" if wanted.pure else ".venv")
    python = create_environment(venv)
    install_locked(python, venv, PACKAGING / f"requirements-{'pure' if wanted.pure else 'dev'}.lock")
    if wanted.pure:
        return
    install_ourselves(python, venv)
    compile_catalogues(python, venv)
    prepare_machine(venv)
    if wanted.bundle:
        prepare_builder(python, venv)


if __name__ == "__main__":
    main()

"""Where the built program begins. The one from source begins in `arctos_desk.app.cli`; this adds nothing to a day.

A worker process of the built program is this file started once more: it must learn so before anything else is loaded.
"""

import locale
import multiprocessing
import os
import sys


def settle() -> None:
    """Make the surroundings what they are for a program from source."""
    # A machine whose locale is plain C, or is not there, writes UTF-8 all the same: Python from source says so itself
    # (PEP 538), the toolkit complains.
    if os.name == "posix" and not os.environ.get("LC_ALL"):
        try:
            known = locale.setlocale(locale.LC_CTYPE, "")
        except locale.Error:
            known = "C"
        if known in ("C", "POSIX"):
            os.environ["LC_CTYPE"] = "C.UTF-8"
    # Our libraries are for us: a browser or a mail program that we start is to find its own. A worker of ours is told
    # to look for them afresh, as if somebody had started it.
    for name in ("LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH"):
        before = os.environ.pop(f"{name}_ORIG", None)
        if before is not None:
            os.environ[name] = before
        elif os.environ.get(name, "").startswith(getattr(sys, "_MEIPASS", "?")):
            del os.environ[name]
    os.environ["PYINSTALLER_RESET_ENVIRONMENT"] = "1"


if __name__ == "__main__":
    multiprocessing.freeze_support()
    settle()

    from arctos_desk.app.cli import main

    main()

#!/bin/sh
# Finds a Python that is new enough and hands over to prepare.py, which does the work.
# Installs no Python itself: where there is none, it says which one is wanted and how to name it.
set -eu
here=$(dirname "$0")

new_enough() {
    "$1" -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else 1)' >/dev/null 2>&1
}

# A Python somebody names is the one they mean: no other is taken in its place.
if [ -n "${PYTHON:-}" ]; then
    candidates=$PYTHON
else
    candidates="python3 python3.13 python3.12 python3.11 python3.14 python"
fi
for candidate in $candidates; do
    if new_enough "$candidate"; then
        exec "$candidate" "$here/prepare.py" "$@"
    fi
done

if [ -n "${PYTHON:-}" ]; then
    found="PYTHON=$PYTHON is none"
else
    found="this machine has $( (python3 --version || python --version) 2>/dev/null | head -n 1)"
    [ "$found" != "this machine has " ] || found="this machine has no Python on its path"
fi
cat >&2 <<EOF
Arctos Desk needs Python 3.11 or newer; $found.
Install one (Debian 12 and newer: apt-get install python3 python3-venv), then call make again.
If it is installed elsewhere, name it: make PYTHON=/where/it/is/python3.12 setup
EOF
exit 1

#!/bin/sh
# Makes the program in this folder known to the desktop of one user: menu entry, icons, kind of file, name in a shell.
# Copies no program: the folder stays where it is. `install.sh --remove` takes everything back; events are not touched.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
share=${XDG_DATA_HOME:-$HOME/.local/share}
bin=$HOME/.local/bin
entry=$share/applications/arctos-desk.desktop
kind=$share/mime/packages/arctos-desk.xml

refresh() {
    # Desktops without these find what is new by themselves, at the latest after the next sign-in.
    if command -v update-mime-database >/dev/null; then update-mime-database "$share/mime" || true; fi
    if command -v update-desktop-database >/dev/null; then update-desktop-database "$share/applications" || true; fi
    if command -v gtk-update-icon-cache >/dev/null; then gtk-update-icon-cache -q -t "$share/icons/hicolor" || true; fi
}

if [ "${1:-}" = --remove ]; then
    rm -f "$entry" "$kind"
    find "$share/icons/hicolor" \( -name 'arctos-desk.*' -o -name 'arctos-event.*' \) -exec rm -f {} + 2>/dev/null || true
    if [ -L "$bin/arctos-desk" ]; then rm -f "$bin/arctos-desk"; fi
    refresh
    echo "Arctos Desk is no longer in the menu. Its events stay where they are."
    exit 0
fi

mkdir -p "$share/applications" "$share/mime/packages" "$share/icons" "$bin"
# In a quoted word of an entry a backslash stands before \ " ` and $, and is itself written twice; so is a %.
program=$(printf '%s' "$here/arctos-desk" |
    sed -e 's/\\/\\\\\\\\/g' -e 's/["`$]/\\\\&/g' -e 's/%/%%/g' -e 's/[&|\\]/\\&/g')
sed "s|^Exec=arctos-desk|Exec=\"$program\"|" "$here/share/applications/arctos-desk.desktop" >"$entry"
cp "$here/share/mime/packages/arctos-desk.xml" "$kind"
cp -R "$here/share/icons/hicolor" "$share/icons/"
ln -sf "$here/arctos-desk" "$bin/arctos-desk"
refresh
echo "Arctos Desk is in the menu now, and arctos-desk in $bin."

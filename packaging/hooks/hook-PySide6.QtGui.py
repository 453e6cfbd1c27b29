"""Which plugins of the toolkit are built in: those of windows, pictures and input. No framebuffers, no GTK, no QML.

A list of what stays out, so that a plugin that comes with a newer toolkit is not lost unseen.
"""

from pathlib import PurePath

from PyInstaller.utils.hooks.qt import add_qt6_dependencies

WITHOUT_FOLDERS = ("egldeviceintegrations", "generic", "networkinformation", "wayland-graphics-integration-client")
WITHOUT_PLUGINS = (
    "qeglfs", "qlinuxfb", "qminimal", "qminimalegl", "qvkkhrdisplay", "qvnc", "qdirect2d",
    "qgtk3", "qtvirtualkeyboardplugin", "qpdf", "qicns", "qtga", "qtiff", "qwbmp",
    "fullscreen-shell-v1", "ivi-shell", "qt-shell", "wl-shell-plugin",
)  # fmt: skip


def _stays(source: str) -> bool:
    path = PurePath(source)
    return path.parent.name not in WITHOUT_FOLDERS and path.stem.removeprefix("lib") not in WITHOUT_PLUGINS


hiddenimports, binaries, datas = add_qt6_dependencies(__file__)
binaries = [(source, folder) for source, folder in binaries if _stays(source)]

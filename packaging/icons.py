"""Renders the drawings in resources/icons into what each system wants: PNGs of all sizes, an .ico and an .icns.

Both containers are written here, whole PNGs inside, so that the same files come out on every system. Draws nothing.
"""

from __future__ import annotations

import os
import struct
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DRAWINGS = ROOT / "resources" / "icons"
SIZES = (16, 22, 24, 32, 48, 64, 128, 256, 512)
ICO_SIZES = (16, 24, 32, 48, 64, 128, 256)
ICNS_KINDS = {16: b"icp4", 32: b"icp5", 64: b"icp6", 128: b"ic07", 256: b"ic08", 512: b"ic09"}


def png(drawing: Path, size: int) -> bytes:
    """The drawing as a PNG of so many pixels a side."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtCore import QBuffer, QByteArray, QIODevice, Qt
    from PySide6.QtGui import QImage, QPainter
    from PySide6.QtSvg import QSvgRenderer

    picture = QImage(size, size, QImage.Format.Format_ARGB32)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    QSvgRenderer(str(drawing)).render(painter)
    painter.end()
    raw = QByteArray()
    buffer = QBuffer(raw)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    picture.save(buffer, "PNG")
    return bytes(raw.data())


def ico(pictures: dict[int, bytes]) -> bytes:
    """Pictures by their size as one file for Windows: a directory, then whole PNGs."""
    offset = 6 + 16 * len(pictures)
    directory, bodies = [struct.pack("<HHH", 0, 1, len(pictures))], []
    for size, picture in sorted(pictures.items()):
        side = size % 256  # 0 stands for 256
        directory.append(struct.pack("<BBBBHHII", side, side, 0, 0, 1, 32, len(picture), offset))
        bodies.append(picture)
        offset += len(picture)
    return b"".join(directory + bodies)


def icns(pictures: dict[int, bytes]) -> bytes:
    """Pictures by their size as one file for macOS: a mark and a length before each PNG."""
    parts = [ICNS_KINDS[size] + struct.pack(">I", len(one) + 8) + one for size, one in sorted(pictures.items())]
    body = b"".join(parts)
    return b"icns" + struct.pack(">I", len(body) + 8) + body


def write_icons(to: Path) -> list[Path]:
    """Every drawing in every form, PNGs in folders as the desktops of Linux look for them."""
    written: list[Path] = []

    def write(path: Path, raw: bytes) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(raw)
        written.append(path)

    for drawing in sorted(DRAWINGS.glob("*.svg")):
        kind = "mimetypes" if drawing.stem.endswith("-event") else "apps"
        pictures = {size: png(drawing, size) for size in SIZES}
        for size, raw in pictures.items():
            write(to / "hicolor" / f"{size}x{size}" / kind / f"{drawing.stem}.png", raw)
        write(to / "hicolor" / "scalable" / kind / drawing.name, drawing.read_bytes())
        write(to / f"{drawing.stem}.ico", ico({size: pictures[size] for size in ICO_SIZES}))
        write(to / f"{drawing.stem}.icns", icns({size: pictures[size] for size in ICNS_KINDS}))
    return written


if __name__ == "__main__":
    for path in write_icons(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "build" / "icons"):
        print(path)

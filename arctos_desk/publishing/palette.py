"""The light colours of the house, for paper and pages. The window has its own themes; these never change."""

from __future__ import annotations

from typing import Final

WINDOW: Final = "#ECEFF1"
SURFACE: Final = "#FFFFFF"
RAISED: Final = "#F5F7F8"
BORDER: Final = "#C9D0D6"
EDGE: Final = "#76828D"
TEXT: Final = "#12181E"
MUTED: Final = "#4D5863"
ACCENT: Final = "#1254A3"
ACCENT_SOFT: Final = "#E1ECF8"
ON: Final = "#FFFFFF"
RUNNING: Final = "#0C6B36"
RUNNING_SOFT: Final = "#DDF1E4"
READY: Final = "#00627A"
READY_SOFT: Final = "#DBF0F4"
PLAYING: Final = "#5F2DA8"
PLAYING_SOFT: Final = "#ECE4F8"
REFFING: Final = "#95216A"
DONE: Final = "#56616C"
DONE_SOFT: Final = "#E6E9EC"
WARNING: Final = "#7F4A00"
WARNING_SOFT: Final = "#FDEBC8"
DANGER: Final = "#A8141C"
FAMILY: Final = "Inter, DejaVu Sans, sans-serif"

"""How much memory this process holds. Knows Linux exactly, other systems by their peak."""

from __future__ import annotations

import os
import sys
from pathlib import Path


def resident_mb() -> float:
    """Resident memory in megabytes."""
    statm = Path("/proc/self/statm")
    if statm.exists():
        return int(statm.read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6
    import resource

    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / 1e6 if sys.platform == "darwin" else peak / 1e3

"""How hard properties are tried: the profiles of Hypothesis the Makefile chooses among, and counts that follow them.

Holds no property itself. Whoever calls pytest without naming a profile gets fresh examples at the usual strength.
"""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings

_USUAL = 100
_LESS = 10
"""In the repetition without Qt it is not the values that are new, but the interpreter, the salt and the zone."""

PATIENT = [HealthCheck.too_slow]
"""A busy machine is no finding. (A test that names its own list names this one in it.)"""


def register_profiles() -> None:
    """`plain` for a person at work, `steady` and `repeated` for `make test`, `fresh` for `make fuzz`."""
    usual = settings.get_profile("default")
    times = int(os.environ.get("ARCTOS_TIMES", "10"))
    settings.register_profile("plain", usual, max_examples=_USUAL, deadline=None)
    # Always the same examples: whoever passes the tests today passes them tomorrow.
    settings.register_profile(
        "steady", usual, max_examples=_USUAL, deadline=None, derandomize=True, suppress_health_check=PATIENT
    )
    settings.register_profile("repeated", settings.get_profile("steady"), max_examples=_LESS)
    settings.register_profile(
        "fresh", usual, max_examples=_USUAL * times, deadline=None, print_blob=True, suppress_health_check=PATIENT
    )
    settings.load_profile("plain")


def tries(number: int) -> int:
    """So many examples at the usual strength; fewer in the repetition, more where `make fuzz` looks for new ones."""
    return max(5, number * settings().max_examples // _USUAL)

"""Every recorded day plays as recorded, in value, time and status; marked answers differ only where a rule says so."""

from __future__ import annotations

import pytest

from tests.conformance.scenarios import Report, play, scenarios

SCENARIOS = {scenario["id"]: scenario for scenario in scenarios("hand.json", "random.json")}

MENDED = {
    # scheduling.md, Decisions, quirk 5: an edit re-solves, it does not move a promised time
    ("P015", "after 2", "A2@North nominal"),
}
"""Marked answers that we do not copy. Everything else is answered as recorded, marked or not."""


@pytest.mark.parametrize("name", SCENARIOS)
def test_the_day_goes_as_recorded(name: str) -> None:
    report = Report()
    play(SCENARIOS[name], report)
    assert [str(difference) for difference in report.failures] == []
    assert {(one.scenario, one.entry, one.what) for one in report.excused} <= MENDED


def test_no_entry_and_no_value_is_left_out(capsys: pytest.CaptureFixture[str]) -> None:
    report = Report()
    values = 0
    for scenario in SCENARIOS.values():
        play(scenario, report)
        rows = dict(scenario["expect"][0]["matches"])
        values += sum(len(row) for row in rows.values())
        for entry in scenario["expect"][1:]:
            for key in entry.get("removed", ()):
                del rows[key]
            for key, changed in entry["changed"].items():
                rows[key] = {**rows.get(key, {}), **changed}
            values += sum(len(row) for row in rows.values())
            values += sum(what in entry for what in ("ok", "refused", "error", "warnings", "updated", "results"))
    compared = sum(report.agreed.values()) + len(report.differences)
    with capsys.disabled():
        print(
            f"\n{report.entries} entries, {report.entries_marked} of them marked; {compared} values compared, "
            f"{sum(report.agreed.values())} agree, {len(report.excused)} marked ones differ by a rule"
        )
    assert report.entries == sum(len(scenario["expect"]) for scenario in SCENARIOS.values())
    assert compared == values

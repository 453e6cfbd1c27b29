"""Arctos Schedule Script: reads, checks and evaluates expressions.

Knows no tournament words; they are registered from outside. The way through: `read(text)`, then
`compile_program(program, vocabulary)`, then `evaluate(compiled, world)` gives `Value`, `Unresolved` or `Failure`.
"""

from arctos_desk.ass.budget import Budget
from arctos_desk.ass.dependencies import Definitions, Dependencies, dependencies
from arctos_desk.ass.errors import DID_YOU_MEAN, Kind, ScriptError
from arctos_desk.ass.evaluator import (
    Compiled,
    Failure,
    Outcome,
    Unresolved,
    Value,
    compile_program,
    evaluate,
    evaluate_text,
    truth,
)
from arctos_desk.ass.printer import write_form, write_value
from arctos_desk.ass.reader import Program, is_name, read
from arctos_desk.ass.source import Place, Source, Span
from arctos_desk.ass.words import Vocabulary, Word
from arctos_desk.ass.world import Ground, TagEntry, World

__all__ = [
    "DID_YOU_MEAN",
    "Budget",
    "Compiled",
    "Definitions",
    "Dependencies",
    "Failure",
    "Ground",
    "Kind",
    "Outcome",
    "Place",
    "Program",
    "ScriptError",
    "Source",
    "Span",
    "TagEntry",
    "Unresolved",
    "Value",
    "Vocabulary",
    "Word",
    "World",
    "compile_program",
    "dependencies",
    "evaluate",
    "evaluate_text",
    "is_name",
    "read",
    "truth",
    "write_form",
    "write_value",
]

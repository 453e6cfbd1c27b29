"""Journal lines inside operations: words written as JSON, so that every desk reads them in its own language.

Names in them are cut to a length that fits into every envelope: a label is never worth a refusal. Renders nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from arctos_desk.tournament.words import Clock, Day, Param, Words

NAME_MOST: Final = 200
"""Characters of one name in a label."""
_LIST_MOST: Final = 10


def words_to_json(words: Words) -> dict[str, Any]:
    value: dict[str, Any] = {"msgid": words.msgid}
    if words.params:
        value["params"] = {name: _param_to_json(param) for name, param in words.params}
    if words.plural:
        value["plural"] = words.plural
        value["count"] = words.count
    return value


def words_from_json(value: Any) -> Words:
    """The words that `words_to_json` wrote.

    Unreadable ones become empty words, because a label is never worth a refusal.
    """
    if not isinstance(value, Mapping) or not isinstance(value.get("msgid"), str):
        return Words("")
    params = value.get("params", {})
    if not isinstance(params, Mapping):
        params = {}
    plural, count = value.get("plural", ""), value.get("count", 0)
    return Words(
        value["msgid"],
        tuple(sorted((str(name), _param_from_json(param)) for name, param in params.items())),
        plural if isinstance(plural, str) else "",
        count if isinstance(count, int) else 0,
    )


def _param_to_json(param: Param) -> Any:
    if isinstance(param, Words):
        return {"words": words_to_json(param)}
    if isinstance(param, Clock):
        return {"clock": param.at_ms}
    if isinstance(param, Day):
        return {"day": param.at_ms}
    if isinstance(param, tuple):
        return [_param_to_json(part) for part in param[:_LIST_MOST]]
    if isinstance(param, str) and len(param) > NAME_MOST:
        return param[: NAME_MOST - 1].rstrip() + "…"
    return param


def _param_from_json(value: Any) -> Param:
    match value:
        case {"words": words}:
            return words_from_json(words)
        case {"clock": int(at_ms)}:
            return Clock(at_ms)
        case {"day": int(at_ms)}:
            return Day(at_ms)
        case list():
            return tuple(_param_from_json(part) for part in value)
        case str() | int():
            return value
    return ""

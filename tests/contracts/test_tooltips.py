"""What people typed is never markup: tooltips with variable text go through `plain_tip`, labels are plain."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import arctos_desk

PACKAGE = Path(arctos_desk.__file__).parent
_TIPS = {"setToolTip": 0, "setStatusTip": 0, "setWhatsThis": 0, "showText": 1}
_MARKUP = ("setHtml", "insertHtml", "setTextFormat", "QMessageBox", "QTextBrowser")


def _calls(source: str) -> Iterator[tuple[str, ast.Call]]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "attr", getattr(node.func, "id", ""))
            yield name, node


def _is_plain(words: ast.expr) -> bool:
    """Whether this can be no markup: our own sentence without a parameter, words made plain, or those of an action."""
    match words:
        case ast.Constant():
            return True
        case ast.IfExp():
            return _is_plain(words.body) and _is_plain(words.orelse)
        case ast.BoolOp():
            return all(_is_plain(one) for one in words.values)
        case ast.Call(func=ast.Name(id="tr"), keywords=[]):
            return True
        case ast.Call(func=ast.Name(id="plain_tip")) | ast.Call(func=ast.Attribute(attr="toolTip")):
            return True
    return False


def _around(source: str) -> list[int]:
    """Lines in which a tooltip goes around `plain_tip`."""
    found = []
    for name, call in _calls(source):
        if name in _TIPS and not _is_plain(call.args[_TIPS[name]]):
            found.append(call.lineno)
        if name == "setItemData" and "ToolTipRole" in ast.unparse(call) and not _is_plain(call.args[1]):
            found.append(call.lineno)
    return found


def test_no_tooltip_takes_a_name_for_markup() -> None:
    around = {
        f"{path.relative_to(PACKAGE)}:{line}"
        for path in PACKAGE.rglob("*.py")
        for line in _around(path.read_text(encoding="utf-8"))
    }
    assert around == set()


def test_a_tooltip_that_goes_around_is_found() -> None:
    assert _around("one.setToolTip(row.name)") == [1]
    assert _around("one.setToolTip(tr('Delete {team}', team=name))") == [1]
    assert _around("box.setItemData(0, text, Qt.ItemDataRole.ToolTipRole)") == [1]
    assert _around("one.setToolTip(plain_tip(row.name) if row else tr('Nobody'))") == []


def test_labels_and_boxes_show_no_markup() -> None:
    found = []
    for path in PACKAGE.rglob("*.py"):
        source = path.read_text(encoding="utf-8")
        for name, call in _calls(source):
            if name in (*_MARKUP, "QLabel") and path.name != "label.py":
                found.append(f"{path.relative_to(PACKAGE)}:{call.lineno}: {name}")
    assert found == []

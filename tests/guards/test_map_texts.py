"""No text reaches a folium map but through ``views.maps.escape``."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
MAPS = sorted((ROOT / "views" / "maps").glob("*.py"))
USERS = [path for path in MAPS if "import folium" in path.read_text(encoding="utf-8")]
# Parts of folium and branca that take markup of their own accord.
MARKUP = {"Popup", "Tooltip", "GeoJsonPopup", "GeoJsonTooltip", "Html", "IFrame", "Icon"}
MARKUP |= {"ClickForMarker", "LatLngPopup", "JsCode", "CustomIcon", "Vega", "Rectangle"}
# Who may make what: name of the argument, and the only functions its value may come from.
MAKERS = {
    ("_markup", 1): {"escaped", "popup"},
    ("Marker", "label"): {"coded"},
    ("Marker", "ags"): {"coded"},
    ("DivIcon", "html"): {"mark_svg"},
}


def faults(source: str) -> list[str]:
    """Every way around the escaping functions in one module."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Attribute | ast.Name) and _name(node) in MARKUP:
            found.append(f"{node.lineno}: {_name(node)}")
        if isinstance(node, ast.Call):
            found += _faults_of_call(node)
        if isinstance(node, ast.FunctionDef) and node.name == "popup":
            found += [
                f"{part.lineno}: popup"
                for part in ast.walk(node)
                if isinstance(part, ast.FormattedValue)
                and not _made(part.value, {"escaped"}, "lines")
            ]
    return found


def _faults_of_call(call: ast.Call) -> list[str]:
    name = _name(call.func)
    given = {**dict(enumerate(call.args)), **{one.arg: one.value for one in call.keywords}}
    found = [f"{call.lineno}: {word}=" for word in ("popup", "tooltip") if word in given]
    for (maker, argument), allowed in MAKERS.items():
        if name == maker and argument in given and not _made(given[argument], allowed):
            found.append(f"{call.lineno}: {name} {argument}")
    return found


def _made(value: ast.expr, allowed: set[str], plain: str = "") -> bool:
    if isinstance(value, ast.Name):
        return value.id == plain
    return isinstance(value, ast.Call) and _name(value.func) in allowed


def _name(node: ast.expr) -> str:
    return node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")


def test_modules_that_use_folium_are_found() -> None:
    assert {path.name for path in USERS} == {"folium_map.py", "spread_map.py"}


@pytest.mark.parametrize("path", USERS, ids=lambda path: path.name)
def test_no_text_goes_around_the_escaping(path: Path) -> None:
    assert faults(path.read_text(encoding="utf-8")) == []


def test_words_of_the_frame_are_coded() -> None:
    """What ``settings`` and the steps hand over holds no text that is not coded."""
    source = "".join(path.read_text(encoding="utf-8") for path in USERS)
    handed = re.findall(r'"(?:label|sentence)": (\w+)\(', source)
    assert handed == ["coded", "coded", "coded"]
    assert "{name: coded(text) for name, text in vars(words).items()}" in source


@pytest.mark.parametrize(
    "around",
    [
        'folium.Popup(f"<b>{name}</b>")',
        "folium.Marker(place, tooltip=name)",
        'folium.Marker(place, label=name, ags=coded("x"))',
        "_markup('bindPopup', name)",
        "folium.DivIcon(html=name)",
        "def popup(mark):\n    return f'<b>{mark.name}</b>'",
    ],
)
def test_a_way_around_is_found(around: str) -> None:
    assert faults(around) != []


def test_the_script_of_the_frame_sets_text_as_text() -> None:
    script = (ROOT / "static" / "folium.js").read_text(encoding="utf-8")
    assert re.findall(r"innerHTML = ([\w.]+)", script) == ["row.svg"]
    for way in ("insertAdjacentHTML", "outerHTML", "document.write", "eval(", "Function("):
        assert way not in script
    assert set(re.findall(r"\$\{(.+?)\}", script)) == {"line.options.color", "turn.toFixed(1)"}

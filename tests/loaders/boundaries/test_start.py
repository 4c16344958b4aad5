"""Built layers as they may lie there when the dashboard starts: spoilt in every way."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from loaders.boundaries.layers import REGISTER
from loaders.boundaries.start import NEEDED, check_layers, sound_folder


@pytest.fixture
def folder(tmp_path: Path, data_folder: Path) -> Path:
    return Path(shutil.copytree(data_folder / "boundaries", tmp_path / "boundaries"))


def edit(change: Callable[[dict], None]) -> Callable[[Path], None]:
    """A change of the register's entry of the districts."""

    def spoil(folder: Path) -> None:
        register = json.loads((folder / REGISTER).read_text(encoding="utf-8"))
        change(next(one for one in register["layers"] if one["layer"] == "districts"))
        (folder / REGISTER).write_text(json.dumps(register), encoding="utf-8")

    return spoil


def cut(name: str, size: int) -> Callable[[Path], None]:
    return lambda folder: (folder / name).write_bytes((folder / name).read_bytes()[:size])


def drop_district(folder: Path) -> None:
    path = folder / "districts.places.csv"
    path.write_text("\n".join(path.read_text(encoding="utf-8").splitlines()[:-1]), encoding="utf-8")


def replace_key(new: str) -> Callable[[Path], None]:
    """Jena under another key, in outlines and places alike."""

    def spoil(folder: Path) -> None:
        for name in ("districts.topo.json", "districts.places.csv"):
            text = (folder / name).read_text(encoding="utf-8")
            (folder / name).write_text(text.replace("16053", new), encoding="utf-8")

    return spoil


SPOILT = {
    "register cut off": (cut(REGISTER, 200), ["layers_unreadable"]),
    "register empty": (cut(REGISTER, 0), ["layers_unreadable"]),
    "register without a field": (edit(lambda one: one.pop("level")), ["layers_unreadable"]),
    "no register": (lambda folder: (folder / REGISTER).unlink(), ["layer_missing"] * 3),
    "outlines cut off": (cut("districts.topo.json", 9000), ["layer_unreadable"]),
    "outlines empty": (cut("districts.topo.json", 0), ["layer_unreadable"]),
    "outlines gone": (
        lambda folder: (folder / "states.topo.json").unlink(),
        ["layer_unreadable"],
    ),
    "outlines without keys": (edit(lambda one: one.update(key="ags")), ["layer_unreadable"]),
    "places cut off": (drop_district, ["layer_places_differ"]),
    "metres instead of degrees": (
        edit(lambda one: one.update(bounds=[280000, 5235000, 921000, 6106000])),
        ["layer_outside_germany"],
    ),
    "key of another level": (
        replace_key("16053000"),
        ["layer_changed", "layer_key_malformed"],
    ),
    "old territorial status": (replace_key("16056"), ["layer_changed", "layer_status_old"]),
}


def test_shipped_layers_are_sound(data_folder: Path) -> None:
    folder = data_folder / "boundaries"
    assert check_layers(folder) == []
    assert sound_folder(folder, Path("elsewhere")) == folder
    assert set(NEEDED) == {"districts", "states", "municipalities_participating"}


@pytest.mark.parametrize("name", SPOILT)
def test_spoilt_layers_are_named_and_refused(name: str, folder: Path, data_folder: Path) -> None:
    spoil, expected = SPOILT[name]
    spoil(folder)
    found = check_layers(folder)
    assert [finding.code for finding in found] == expected
    shipped = data_folder / "boundaries"
    assert sound_folder(folder, shipped) == shipped
    for lang in ("de", "en"):
        for finding in found:
            said = f"{finding.sentence(lang)} {finding.advice(lang)}"
            assert str(folder) not in said
            assert ("json" in said) or ("csv" in said)


def test_a_folder_that_is_not_there_means_the_shipped_layers(tmp_path: Path) -> None:
    assert check_layers(tmp_path / "none") == []
    assert sound_folder(tmp_path / "none", tmp_path) == tmp_path

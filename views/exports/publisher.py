"""Who offers the data of an installation, as the operator states it for data portals."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Final

FILE: Final = "publisher.toml"


class BadPublisher(ValueError):
    """The operator's file cannot be used; says why."""


@dataclass(frozen=True)
class Publisher:
    """The office behind an installation.

    Attributes:
        name: its name, never empty.
        homepage: its address on the web, "" when not stated.
        email: where questions about the data go, "" when not stated.
        contributor: its address in the list of data providers of DCAT-AP.de, "" when none.
    """

    name: str
    homepage: str = ""
    email: str = ""
    contributor: str = ""


def read_publisher(folder: Path) -> Publisher | None:
    """What ``publisher.toml`` in the operator's folder states; ``None`` without the file.

    Raises:
        BadPublisher: no TOML, no name, or an entry that is no text.
    """
    path = folder / FILE
    if not path.is_file():
        return None
    try:
        stated = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as fault:
        raise BadPublisher(f"{FILE}: {fault}") from fault
    known = {one.name: stated.get(one.name, "") for one in fields(Publisher)}
    wrong = [name for name, value in known.items() if not isinstance(value, str)]
    if wrong or not known["name"]:
        raise BadPublisher(f"{FILE}: {', '.join(wrong) or 'name'} must be a text")
    for name in ("homepage", "contributor"):
        if known[name] and not known[name].startswith(("https://", "http://")):
            raise BadPublisher(f"{FILE}: {name} must begin with https:// or http://")
    return Publisher(**known)

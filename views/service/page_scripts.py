"""Which scripts of Streamlit's own a page will ask for once the server has told what stands on it.

Streamlit loads the script of a control when the first one appears: forty small files, one round
after the other, while the visitor waits. Named in the head of the page they come meanwhile.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from streamlit import file_util

FRAME = ("BidiComponent", "TextInput", "ButtonGroup", "Html", "PageLink", "Button")
NAMED = re.compile(r"static/js/([\w.-]+\.js)")
IMPORTED = re.compile(r'(?:from|import)\s*"\./([\w.-]+\.js)"')


@cache
def needed(controls: tuple[str, ...]) -> tuple[str, ...]:
    """Names of the files of some controls and all they import, the controls first.

    Left out is what Streamlit's page names itself. A control this release of Streamlit does not
    know adds nothing.

    Args:
        controls: names of Streamlit's parts, as ``Selectbox``.
    """
    static = Path(file_util.get_static_dir())
    folder = static / "static" / "js"
    named = set(NAMED.findall((static / "index.html").read_text(encoding="utf-8")))
    waiting = [file.name for one in controls for file in folder.glob(f"{one}.*.js")]
    found: dict[str, None] = {}
    while waiting:
        name = waiting.pop(0)
        if name in found or name in named or not (folder / name).is_file():
            continue
        found[name] = None
        waiting += IMPORTED.findall((folder / name).read_text(encoding="utf-8"))
    return tuple(found)

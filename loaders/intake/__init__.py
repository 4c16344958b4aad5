"""Intake: one file from its bytes to its publication, with every mistake named at once.

``examine`` reads and checks (in a process of its own, within limits) and stores nothing;
``preview`` says what publishing would change; ``publish`` makes the accepted rows part of
the store. Each is imported when it is first asked for: the reading process begins anew for
every file and needs neither checks nor store.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from loaders.intake.change_preview import Preview
    from loaders.intake.examination import Examination, examine, preview, publish
    from loaders.intake.limits import Limits
    from loaders.intake.reading_process import Cancelled
    from loaders.intake.repairs import Ticked

__all__ = [
    "Cancelled",
    "Examination",
    "Limits",
    "Preview",
    "Ticked",
    "examine",
    "preview",
    "publish",
]

_HOME = {"Limits": "limits", "Preview": "change_preview", "Cancelled": "reading_process"}
_HOME |= {"Ticked": "repairs"}
_HOME |= dict.fromkeys(("Examination", "examine", "preview", "publish"), "examination")


def __getattr__(name: str) -> object:
    if name not in _HOME:
        raise AttributeError(name)
    return getattr(import_module(f"{__name__}.{_HOME[name]}"), name)

"""Intake: one file from its bytes to its publication, with every mistake named at once.

``examine`` reads and checks (in a process of its own, within limits) and stores nothing;
``preview`` says what publishing would change; ``publish`` makes the accepted rows part of
the store.
"""

from loaders.intake.examination import Examination, examine, preview, publish
from loaders.intake.limits import Limits
from loaders.intake.preview import Preview
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

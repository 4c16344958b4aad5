"""Questions with a few answers each, in one piece.

Every group of radio buttons of Streamlit is drawn anew at each press on the page; these are the
browser's own. An answer may bring the look it leads to: what is shown wears it at once.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from views import session
from views.widgets.served_part import served_part


@dataclass(frozen=True)
class Answer:
    """One answer.

    Attributes:
        name: id as it stands in the address.
        words: what is read.
        look: what changes on ``target`` at once, as its part of the browser reads it; ``None``
            where the server has to answer first.
    """

    name: str
    words: str
    look: Mapping[str, Any] | None = None


@dataclass(frozen=True)
class Question:
    """One question.

    Attributes:
        name: id as it stands in the address.
        label: what is read.
        options: the answers, in the order shown.
        chosen: name of the answer that holds.
    """

    name: str
    label: str
    options: tuple[Answer, ...]
    chosen: str


def show(
    questions: Sequence[Question],
    *,
    key: str,
    target: str,
    on_choose: Callable[[str, str], None],
) -> None:
    """Shows the questions below each other.

    Args:
        questions: in the order shown.
        key: identity on the page.
        target: key of what wears the looks.
        on_choose: called with question and answer, before the run that follows; never with
            one that was not offered.
    """

    def chosen() -> None:
        told = session.told(key, "chosen")
        if told is None:
            return
        session.hold(f"{key}_answered", int(told["number"]))
        question, option = str(told["question"]), str(told["option"])
        if (question, option) in offered:
            on_choose(question, option)

    offered = {(one.name, option.name) for one in questions for option in one.options}
    data = {
        "answered": answered(key),
        "target": target,
        "questions": [asdict(one) for one in questions],
    }
    served_part("choices", "choices.js")(key=key, data=data, on_chosen_change=chosen)


def answered(key: str) -> int:
    """Number of the last choice the server knows of; looks of later ones still hold."""
    return int(session.held(f"{key}_answered") or 0)

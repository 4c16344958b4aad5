"""Everything that ever changed a store: publications, undo and redo, by version."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

    from loaders.store.embedded import Store

_COLUMNS = [
    "number", "entry", "action", "person", "note", "time", "kind", "layer", "name",
]  # fmt: skip
_EVENTS = """
SELECT events.number, events.entry, events.action, events.person, events.note, events.time,
       entries.kind, entries.layer, entries.name
FROM events JOIN entries ON entries.number = events.entry
WHERE events.number <= ? ORDER BY events.number
"""


def events(store: Store) -> pd.DataFrame:
    """Everything that ever changed the store, oldest first.

    Returns:
        ``number`` (version of the store from then on), ``entry`` (number of the published
        table it is about), ``action`` (``publish``, ``undo``, ``redo``), ``person``, ``note``,
        ``time`` (UTC, ISO), and of the entry ``kind``, ``layer``, ``name``.
    """
    import pandas as pd

    rows = store.ledger.rows(_EVENTS, store.version())
    return pd.DataFrame(map(dict, rows), columns=_COLUMNS)

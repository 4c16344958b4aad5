"""Why a place is similar, in one sentence from the numbers."""

from __future__ import annotations

from analysis.peers import Peer
from views import results
from views.session import Visit
from views.texts import plain

CLOSE = 2


def variable(visit: Visit, name: str) -> str:
    """A structural variable in words."""
    return visit.words(f"adoption.variable.{name}")


def same_and_other(visit: Visit, peer: Peer) -> tuple[str, str]:
    """What is nearly equal (two variables) and what differs most (one), in words."""
    by_size = sorted(peer.differences, key=lambda name: abs(peer.differences[name]))
    same = visit.formats.listing([variable(visit, name) for name in by_size[:CLOSE]])
    return same, variable(visit, by_size[-1])


def reason(visit: Visit, peer: Peer, key: str = "adoption.peers.reason") -> str:
    """One sentence per similar place: name, state, what is alike and what is not.

    Args:
        visit: this run.
        peer: the similar place.
        key: words with the placeholders name, state, same and other (all or some).
    """
    place = results.place(peer.ags)
    same, other = same_and_other(visit, peer)
    return visit.words(key, name=plain(place.name), state=place.state, same=same, other=other)

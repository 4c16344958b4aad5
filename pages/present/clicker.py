"""The phone as clicker of one presentation."""

from views import session
from views.widgets import clicker

visit = session.current()
show = clicker.open_window(visit)
if show is not None:
    clicker.show_window(visit, show)

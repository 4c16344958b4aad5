"""Data: what we hold, how old it is, where it comes from, what was found, what to take."""

from views import session
from views.widgets import holdings, holdings_tables

visit = session.current()

if holdings.is_readable():
    holdings.headline(visit)
    holdings.numbers(visit, holdings_tables.fact_rows())
    holdings.jumps(visit)

    holdings.indicator_section(visit)
    holdings.source_section(visit)
    holdings_tables.table_section(visit)
else:
    holdings.headline_unreadable(visit)
holdings_tables.finding_section(visit, session.store().base_findings())
if holdings.is_readable():
    holdings_tables.take_section(visit)

"""Reads, recognises and checks tables; publishes them into the versioned store.

Nothing here knows a screen or a page. Faults in data are returned as findings,
faults in code are raised.
"""

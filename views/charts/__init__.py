"""Figures, described and returned, never shown; Plotly is loaded when the first one is built."""

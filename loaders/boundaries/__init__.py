"""Outlines of places: built from official files, kept as small layers, published by address.

``build`` and ``outlines`` need the geometry packages and are imported by name;
``layers`` and ``publish`` are light and serve the running dashboard.
"""

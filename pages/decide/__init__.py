"""Decide: what fits my town."""

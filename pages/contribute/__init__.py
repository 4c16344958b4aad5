"""Contribute: what we hold, and files to check."""

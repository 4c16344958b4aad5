"""Comparisons, judgements and their uncertainty: numbers that know no screen and no language."""

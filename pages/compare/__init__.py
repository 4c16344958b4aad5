"""Compare: places and solutions side by side."""

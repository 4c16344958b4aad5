"""Page scripts, one folder per section of the navigation."""

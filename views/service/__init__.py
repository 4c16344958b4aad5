"""What ``server.py`` adds around the pages: language, headers, first session."""

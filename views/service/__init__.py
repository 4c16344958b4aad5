"""What ``server.py`` adds around the pages: language, headers, open data, first session."""

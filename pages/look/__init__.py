"""Look: the programme, the map, the solutions, the lessons."""

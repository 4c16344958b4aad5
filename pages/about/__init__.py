"""Read up: methods and legal matters."""

"""Files to take away: CSV, archive, template, annotated upload; described, never shown."""

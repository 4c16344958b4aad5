"""One module per format of original files, one registry; recognised by content."""

"""Parts of pages: each asks a result, makes its words and shows them with its table twin."""

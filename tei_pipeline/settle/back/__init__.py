"""The back of a book: what closes the whole of it, and what publishers add."""

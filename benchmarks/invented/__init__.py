"""Invented books: each takes one value of every convention of printed works, fills it with prose, and knows its own structure."""

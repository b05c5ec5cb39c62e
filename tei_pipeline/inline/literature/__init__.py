"""References to literature, and their parts."""

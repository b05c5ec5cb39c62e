"""Notes: their labels, where they stand, and where they end."""

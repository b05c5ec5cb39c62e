"""Lists of every kind: contents, indexes, rolls, tables, chronologies, and items with or without markers."""

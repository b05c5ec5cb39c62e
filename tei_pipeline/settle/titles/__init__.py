"""Which lines are headings, where only the whole book can tell: by their numbers, by their number, by the contents page."""

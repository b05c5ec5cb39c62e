"""Which printed number refers to which note, and notes that no heading ends."""

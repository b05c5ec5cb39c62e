"""What the printer, or the converter, did throughout: measured once from the whole text, before any rule is asked."""

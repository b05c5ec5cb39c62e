"""What stands before the first division: title pages, dedications, mottoes, and where the book begins."""

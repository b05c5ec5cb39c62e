"""Where a book is set in verse."""

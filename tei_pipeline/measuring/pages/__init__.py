"""The pages of a book: their numbers, heads and feet, and the text without them."""

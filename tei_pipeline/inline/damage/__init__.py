"""Words damaged by conversion: what they may mean, and which of them the book proves."""

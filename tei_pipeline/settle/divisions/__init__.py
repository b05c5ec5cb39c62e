"""What opens and closes a division, and signs it."""

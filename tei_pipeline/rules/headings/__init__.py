"""What heads a division: numbers, names of divisions, what only its setting shows, and how far a title runs."""

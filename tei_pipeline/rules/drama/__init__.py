"""Plays, interviews and debates: who speaks, what is said, and what is done."""

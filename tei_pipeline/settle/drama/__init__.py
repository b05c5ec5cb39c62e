"""Plays as a whole: their parts, their stage, and speeches that go on or end."""

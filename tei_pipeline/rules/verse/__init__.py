"""Verse, and what stands among verses and is none."""

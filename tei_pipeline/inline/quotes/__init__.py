"""Quoted words: their marks, one by one and in pairs, and dialogue with dashes."""

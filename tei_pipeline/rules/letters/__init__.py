"""Letters, documents and signed pieces: what opens and closes them."""

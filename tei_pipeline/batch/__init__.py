"""Many sources: what is to do is found out from a ledger, done by an engine, noted, and reported.

``engine`` (worker processes) knows nothing of texts and takes any job; ``building`` is the job of ``build``; ``collection`` ties the parts
together.
"""

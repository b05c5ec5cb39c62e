"""Texts and editions that stand elsewhere: any address that fsspec knows (``s3://``, ``gs://``, ``sftp://``, ``zip://`` …).

``stores.py`` opens an address, ``staging.py`` shows what stands there to the rest of the program as a folder, ``publishing.py`` puts an
edition there, ``session.py`` keeps the ledger, the lock and the reports of such an output. The rest of the program knows files only.
"""

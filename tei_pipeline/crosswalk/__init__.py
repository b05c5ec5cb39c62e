"""The header of an edition in the languages of catalogues: one reading (:func:`read_record`), a writer for each.

``record.py`` is the value, ``header.py`` makes it of TEI; ``dublin_core.py``, ``mods.py``, ``datacite.py`` and ``marcxml.py`` write it.
"""

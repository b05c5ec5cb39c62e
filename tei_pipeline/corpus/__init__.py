"""A corpus over many editions: one TEI file around them, a catalogue, and their passages for text mining. All of it is read from the TEI.

``members.py`` finds and reads the editions, ``catalogue.py`` and ``passages.py`` make rows of each, ``header.py`` and ``inlined.py`` make
the ``teiCorpus``, ``making.py`` goes once through all of them and writes everything as it comes.
"""

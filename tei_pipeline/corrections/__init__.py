"""The editor's corrections: each anchored to words of the text, applied between the stages, and reported when it cannot be.

``entry`` is what a sidecar says; ``text`` finds words however the lines break, ``anchor`` joins entries to places, names those that find
none, several, or contradict each other; ``hand`` is what the stages are given; ``blocks``, ``links``, ``phrases`` and ``attributes``
apply the kinds of corrections, each to the value of one stage; ``write`` puts an entry into a sidecar.
"""

"""Two editions compared by structure, and what an editor changed in one turned into corrections.

``flat`` lays an edition out along its printed characters, ``differences`` names what differs between two, ``learn`` makes entries of a
sidecar from the differences and tries them, ``canonical`` says when two editions are the same.
"""

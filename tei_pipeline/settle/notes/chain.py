"""The best chain of references against notes: numbers that rise in both."""

from __future__ import annotations

from collections import defaultdict

from tei_pipeline.settle.notes.candidates import Candidate
from tei_pipeline.settle.notes.groups import Noted

EACH = 0.6  # weight of every note that finds its reference: few notes have none, so a chain that leaves one out needs good reason
SURE = 1.0  # weight from which a number counts as a reference by its print alone


def best_chain(candidates: list[Candidate], group: list[Noted]) -> list[tuple[Candidate, Noted]]:
    """The heaviest chain that rises in both: candidates in the order of the text, notes in theirs."""
    by_n: dict[str, list[int]] = defaultdict(list)
    for k, note in enumerate(group):
        by_n[note.container.n].append(k)
    size = len(group)
    best: list[tuple[float, int]] = [(0.0, -1)] * (size + 1)  # Fenwick tree: heaviest chain that ends at or before a note
    nodes: list[tuple[int, int, int]] = []  # candidate, note, previous node
    weights: list[float] = []

    def query(k: int) -> tuple[float, int]:
        top = (0.0, -1)
        while k > 0:
            if best[k][0] > top[0]:
                top = best[k]
            k -= k & -k
        return top

    for c, candidate in enumerate(candidates):
        for k in reversed(by_n.get(candidate.n, ())):
            weight, back = query(k)
            nodes.append((c, k, back))
            weights.append(weight + candidate.weight + EACH)
            entry = (weights[-1], len(nodes) - 1)
            at = k + 1
            while at <= size:
                if entry[0] > best[at][0]:
                    best[at] = entry
                at += at & -at
    _, node = query(size)
    chain: list[tuple[Candidate, Noted]] = []
    while node >= 0:
        c, k, node = nodes[node]
        chain.append((candidates[c], group[k]))
    return [(c, n) for c, n in reversed(chain) if c.weight >= SURE or (len(chain) > 3 and c.weight >= 0.4)]

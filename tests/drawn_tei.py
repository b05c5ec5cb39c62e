"""TEI drawn at random, more than anybody would write: any element in any other, foreign namespaces, comments, CDATA, character references.

``tei_documents()`` draws the bytes of well-formed documents; nothing else is promised of them.
"""

from __future__ import annotations

import re
from typing import Any, TypeAlias
from xml.sax.saxutils import escape, quoteattr

from hypothesis import strategies as st

Node: TypeAlias = "str | tuple[str, Any] | tuple[str, dict[str, str], list[Any]]"

NAMES = re.split(
    r"\s+",
    "div p head note ref ptr q quote cit bibl lg l list item label table row cell choice sic corr orig reg supplied surplus "
    "fw pb lb pc w metamark hi sp speaker stage u seg vocal desc gap app lem rdg figure figDesc graphic titlePage titlePart "
    "opener closer salute signed castList castItem milestone floatingText body ab epigraph byline trailer date del add subst "
    "space g anchor postscript eg unheardOf",
)
CHARACTERS = "abcABC  \n\t.,-—“”'\"[]()&<>]¬\xad\xa0\u2028éß中\U0001f600"
VALUES = st.sampled_from(
    ["", "1", "*", "[2]", "no", "weak", "end", "bottom", "inline", "#a", "#b #c", "#a #nowhere", "noteAnchor", "both"]
) | st.text(CHARACTERS, max_size=6)
ATTRIBUTES = st.dictionaries(
    st.sampled_from(
        ["n", "type", "place", "target", "break", "force", "rend", "who", "part", "join", "function", "cols", "xml:id", "xml:space"]
    ),
    VALUES,
    max_size=3,
)
IDENTIFIERS = ("a", "b", "c", "d", "e")
TEXT = st.text(CHARACTERS, min_size=1, max_size=12)
LEAVES = st.one_of(
    TEXT,
    TEXT,
    st.tuples(st.just("cdata"), TEXT.filter(lambda text: "]]>" not in text)),
    st.tuples(st.just("comment"), st.text("ab -<&\n", max_size=5).filter(lambda text: "--" not in text and not text.endswith("-"))),
    st.tuples(st.just("instruction"), st.text('ab =<&?"', max_size=5).filter(lambda text: "?>" not in text)),
    st.tuples(st.just("reference"), st.sampled_from([9, 10, 13, 38, 60, 0x1F600])),
)
BLANKS = {"\t": "&#9;", "\n": "&#10;", "\r": "&#13;"}


def _elements(children: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    tei = st.tuples(st.sampled_from(NAMES), ATTRIBUTES, st.lists(children, max_size=4))
    foreign = st.tuples(
        st.sampled_from(["m:math", "x:a", "y:b", "tei:hi", "plain"]),
        st.dictionaries(
            st.sampled_from(["n", "x:a", "y:a", "z:a", "xmlns", "xmlns:x", "xmlns:unused"]), st.sampled_from(["", "1", '\t"&']), max_size=2
        ),
        st.lists(children, max_size=3),
    )
    return st.one_of(tei, tei, tei, tei, foreign)


NODES = st.recursive(LEAVES, _elements, max_leaves=20)
SCOPE = 'xmlns:tei="http://www.tei-c.org/ns/1.0" xmlns:m="urn:math" xmlns:x="urn:x" xmlns:y="urn:x" xmlns:z="urn:z"'


def _written(node: Any, seen: set[str]) -> str:
    if isinstance(node, str):
        return escape(node)
    kind = node[0]
    if len(node) == 2:
        return {
            "cdata": f"<![CDATA[{node[1]}]]>",
            "comment": f"<!--{node[1]}-->",
            "instruction": f"<?do {node[1]}?>",
            "reference": f"&#{node[1]};",
        }[kind]
    attributes = {}
    for name, value in node[1].items():
        if name == "xml:id":
            free = next((each for each in IDENTIFIERS if each not in seen), None)
            if free is None:
                continue
            seen.add(free)
            value = free
        elif name == "xml:space":
            value = "preserve"
        elif name.startswith("xmlns"):
            value = "" if name == "xmlns" and kind == "plain" else "urn:other"
        attributes[name] = value
    if kind == "plain":
        attributes.setdefault("xmlns", "")
    if "x:a" in attributes:
        attributes.pop("y:a", None)  # the same attribute under another prefix
    listed = "".join(f" {name}={quoteattr(value, BLANKS)}" for name, value in attributes.items())
    return f"<{kind}{listed}>{''.join(_written(child, seen) for child in node[2])}</{kind}>"


@st.composite
def tei_documents(draw: st.DrawFn) -> bytes:
    """A TEI document with a short header, something in its text, and perhaps comments and instructions around it."""
    seen: set[str] = set()
    asides = st.sampled_from(["", "<!-- about -->", '<?xml-model href="a.rng"?>', "<?a?><!--b--><?c d?>"])
    body = "".join(_written(node, seen) for node in draw(st.lists(NODES, max_size=5)))
    back = draw(st.sampled_from(["", "<back><div type='notes'><note xml:id='back1' n='1'>Last.</note></div></back>"]))
    header = "<teiHeader><fileDesc><titleStmt><title>T</title></titleStmt></fileDesc></teiHeader>"
    return (
        f"{draw(asides)}<TEI xmlns='http://www.tei-c.org/ns/1.0' {SCOPE}>{header}<text><body>{body}</body>{back}</text></TEI>{draw(asides)}"
    ).encode()

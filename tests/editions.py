"""A small edition written by hand, and the ways to put something into it."""

from __future__ import annotations

import re
from collections import Counter

from lxml import etree

COUNTS = '<tagUsage gi="p" occurs="3"/>'
HEADER = """<teiHeader xml:lang="en">
  <fileDesc>
    <titleStmt>
      <title type="main">A Walk to the Mill</title>
      <author>Ada Field</author>
      <respStmt xml:id="software"><resp>conversion</resp><name type="software">tei-pipeline 1.0</name></respStmt>
      <respStmt xml:id="resp01"><resp>corrections</resp><name>An Editor</name></respStmt>
    </titleStmt>
    <editionStmt><edition>Digital edition</edition></editionStmt>
    <extent><measure unit="words" quantity="12">12 words</measure></extent>
    <publicationStmt>
      <publisher>unknown</publisher>
      <date when="1901">1901</date>
      <idno type="file">walk</idno>
      <availability status="unknown"><p>unknown</p></availability>
    </publicationStmt>
    <sourceDesc>
      <bibl type="file">
        <title>walk.txt</title><idno type="sha256">00</idno><extent>700 bytes</extent><note>UTF-8</note>
      </bibl>
      <bibl type="book">The printed source is unknown.</bibl>
    </sourceDesc>
  </fileDesc>
  <encodingDesc>
    <projectDesc><p>Converted.</p></projectDesc>
    <editorialDecl>
      <correction method="markup"><p>None.</p></correction>
      <hyphenation eol="all"><p>Kept.</p></hyphenation>
      <normalization method="silent"><p>White space.</p></normalization>
      <quotation marks="all"><p>As printed.</p></quotation>
      <punctuation marks="all" placement="internal"><p>As printed.</p></punctuation>
      <segmentation><p>By rules.</p></segmentation>
    </editorialDecl>
    <tagsDecl><namespace name="http://www.tei-c.org/ns/1.0"><tagUsage gi="p" occurs="3"/></namespace></tagsDecl>
    <listPrefixDef>
      <prefixDef ident="bptl" matchPattern="L4" replacementPattern="http://example.org/"><p>Level.</p></prefixDef>
    </listPrefixDef>
    <schemaRef url="bptl:L4-v4.0.0"/>
    <appInfo><application ident="tei-pipeline" version="1.0"><label>tei-pipeline 1.0</label></application></appInfo>
  </encodingDesc>
  <profileDesc>
    <langUsage><language ident="en">English</language></langUsage>
    <particDesc><listPerson>
      <person xml:id="pers01"><persName>Miller</persName></person>
      <personGrp xml:id="pers02"><persName>Voices</persName></personGrp>
    </listPerson></particDesc>
  </profileDesc>
</teiHeader>"""

BODY = """<div type="chapter" n="1" xml:id="c01">
  <head xml:id="c01-h01"><label>I</label> The Mill</head>
  <p xml:id="c01-p001">It stood<ref type="noteAnchor" n="1" xml:id="c01-r01" target="#c01-n01">1</ref> by the water.</p>
  <note place="bottom" n="1" xml:id="c01-n01" target="#c01-r01"><label>1</label><p xml:id="c01-n01-p001">Until the flood.</p></note>
</div>"""


def edition(body: str = BODY, *, before: str = "", header: str = HEADER) -> bytes:
    """The file with that body (two lines of the file come before the header) and that prologue; its header counts the elements rightly."""
    counts = Counter(re.findall(r"<([A-Za-z]+)[\s/>]", body)) + Counter(("text", "body"))
    usage = "".join(f'<tagUsage gi="{name}" occurs="{count}"/>' for name, count in counts.items())
    header = header.replace(COUNTS, usage)
    text = f'<text xml:lang="en"><body>{body}</body></text>'
    return f'{before}<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:id="walk">\n{header}\n{text}\n</TEI>\n'.encode()


def tree(data: bytes) -> etree._Element:
    """Its root; identifiers may stand twice in it."""
    return etree.fromstring(data, etree.XMLParser(collect_ids=False))

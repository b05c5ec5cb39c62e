"""A TEI header that says all that a header can say of an edition; the book is invented."""

from __future__ import annotations

from lxml import etree

NS = "http://www.tei-c.org/ns/1.0"

FULL = f"""<TEI xmlns="{NS}" xml:id="kelp"><teiHeader xml:lang="en"><fileDesc><titleStmt>
<title type="main" xml:lang="en">The Kelp Gatherers</title><title type="sub" xml:lang="en">Notes from a cold shore</title>
<title type="alt">Kelp</title>
<author ref="https://viaf.org/viaf/12345 https://orcid.org/0000-0002-1825-0097">
  <persName><forename>Ailsa</forename> <surname>Torrin</surname></persName></author>
<author>unknown</author>
<editor ref="http://www.wikidata.org/entity/Q42">Marsh, Edwin</editor>
<editor role="translator"><persName>Inga Holm</persName></editor>
<funder ref="https://ror.org/012345678"><orgName>Coastal Trust</orgName><idno type="grant">CT-77</idno></funder>
<respStmt xml:id="software"><resp>conversion</resp><name type="software">tei-pipeline 0</name></respStmt>
<respStmt><resp>illustrator</resp><persName>Rob Fell</persName></respStmt>
<respStmt><resp ref="http://id.loc.gov/vocabulary/relators/pfr">read the proofs</resp><orgName>Tide &amp; Sons</orgName></respStmt>
</titleStmt>
<editionStmt><edition>Second digital edition</edition></editionStmt>
<extent><measure unit="words" quantity="81">81 words</measure></extent>
<publicationStmt><publisher ref="https://isni.org/isni/0000000121032683">Shore Press</publisher>
<pubPlace>Saltmarsh</pubPlace><date when="2024-05-06">6 May 2024</date>
<idno type="DOI">10.5555/kelp.2</idno><idno type="ISBN">978-3-16-148410-0</idno><idno>shelf 7</idno><idno type="file">kelp</idno>
<availability><licence target="https://creativecommons.org/licenses/by/4.0/"><p>CC BY 4.0</p></licence>
<p>Scans belong to the <ref target="https://example.org/library">library</ref>.</p></availability></publicationStmt>
<seriesStmt><title>Shorelines</title><biblScope unit="volume">12</biblScope><idno type="ISSN">2049-3630</idno></seriesStmt>
<notesStmt><note>Printed without its map.</note></notesStmt>
<sourceDesc>
<bibl type="file"><title>kelp</title><idno type="sha256">{"0" * 64}</idno><extent>500 bytes</extent></bibl>
<biblStruct type="book"><monogr><author>Ailsa Torrin</author><title level="m">The Kelp Gatherers</title><edition>1st ed.</edition>

<imprint><pubPlace>Saltmarsh</pubPlace><publisher>Job Terry</publisher><date when="1891">1891</date></imprint>
<extent>xii, 340 pages</extent>
</monogr><series><title>Old Coasts</title><biblScope>3</biblScope></series><idno type="OCLC">777</idno><note>Lacks the last leaf.</note>
</biblStruct><listBibl type="works"><bibl type="work" corresp="#w1"><author>Ailsa Torrin</author><title level="a">On Soda</title>
<date when="1889">1889</date></bibl></listBibl></sourceDesc></fileDesc>
<encodingDesc><appInfo><application ident="tei-pipeline" version="0"><label>tei-pipeline</label></application></appInfo></encodingDesc>
<profileDesc><abstract><p>How seaweed was burned for soda.</p></abstract><creation><date when="1890">1890</date></creation>
<langUsage><language ident="en-GB"/><language ident="gd" resp="#software">guessed</language></langUsage>
<textClass><keywords scheme="LCSH"><term ref="http://id.loc.gov/authorities/subjects/sh85071954">Kelp</term></keywords>
<keywords resp="#software"><term>letter</term></keywords><keywords n="Shore words"><term>soda ash</term></keywords>
<classCode scheme="http://dewey.info/">639</classCode></textClass></profileDesc>
<revisionDesc><change when="2024-05-01"><name>Edwin Marsh</name>: First text.</change>
<change when="2024-06-02" who="#em">Notes added.</change></revisionDesc>
</teiHeader><text><body><p>Kelp.</p></body></text></TEI>"""


def full() -> etree._Element:
    """The root of it."""
    return etree.fromstring(FULL)


def bare() -> etree._Element:
    """A TEI whose header says nothing."""
    return etree.fromstring(f'<TEI xmlns="{NS}"><teiHeader><fileDesc/></teiHeader><text><body><p/></body></text></TEI>')

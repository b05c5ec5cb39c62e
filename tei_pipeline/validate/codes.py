"""What the codes of messages mean, in a sentence each; :doc:`validation` shows examples. The rules of ``edition.sch`` are beside them."""

from __future__ import annotations

from collections.abc import Mapping

CODES: Mapping[str, str] = {
    # the file
    "unreadable": "the file is not there, or may not be read",
    "too-large": "the file is larger than what is read",
    "ill-formed": "the file is no XML, or no JSON, by its syntax",
    "encoding": "the bytes are not those of the encoding",
    "limit": "the file is nested too deeply, or something in it is too long",
    "entity": "an entity that is not defined in the file, or grows without measure",
    "external-dtd": "the file names a document type definition, and nothing outside of it is read",
    "xinclude": "a file to be included could not be",
    "unknown-kind": "the file is of no kind that can be validated",
    "version": "the file was written in another version of its format",
    "too-many": "there are more faults than are listed",
    # the schemas
    "no-schema": "no schema is at hand for the file",
    "schema": "a schema that was asked for cannot be used",
    "element": "an element stands where the grammar does not allow it",
    "missing": "an element is missing before another one",
    "incomplete": "an element lacks something at its end",
    "text": "text stands where only elements may stand",
    "attribute": "an element has an attribute that it may not have",
    "attribute-missing": "an element lacks an attribute",
    "value": "an attribute has a value that it may not have",
    "invalid": "a schema of another make refuses the file",
    "json": "a value is not what the JSON Schema asks for",
    "sidecar": "a sidecar says something that is not known, or not possible",
    "schematron": "a Schematron rule without a name is not kept",
    # identifiers and pointers
    "id-name": "an identifier is no name",
    "id-twice": "two elements have one identifier",
    "number-twice": "two divisions side by side have one number",
    "pointer-dangling": "a pointer points at nothing",
    "pointer-kind": "a pointer points at an element of the wrong kind",
    "pointer-one-way": "a pointer is not answered by its target",
    # the files together
    "fidelity-broken": "the printed characters are not those of the source",
    "source": "the text could not be compared with its source",
    "provenance": "the provenance file cannot be used",
    "provenance-mismatch": "the provenance file is about another edition or source",
    "provenance-old": "the provenance file describes elements that are gone",
    "not-restored": "the source cannot be written back from the edition",
    "extent-source": "the extent that the header states is not that of the source",
    "changed": "a file has been changed since it was written",
    "json-old": "the JSON is not that of the TEI beside it",
}

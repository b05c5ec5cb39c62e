"""Plain text from TEI: a page (flow), the table of elements (rows) and those who fill it, and the lines in the end (typeset)."""

"""How deep a heading stands: white space, kinds of headings, groups, and where one that is open ends."""

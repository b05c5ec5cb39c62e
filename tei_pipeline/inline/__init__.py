"""Inside the paragraph: the lines of a block become running text, and what is marked in it becomes a tree."""

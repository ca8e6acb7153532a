"""How results are said and linked, and in which colours."""

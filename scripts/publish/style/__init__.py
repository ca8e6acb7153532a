"""How results are worded, escaped and linked, and in which colours."""

"""A program that does nothing: what is left is the interpreter's own start and end."""

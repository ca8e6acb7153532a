"""The Python programs that are compared. Nothing here may need more than the standard library to import."""

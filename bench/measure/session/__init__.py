"""A run: what is measured, in which order, and until when."""

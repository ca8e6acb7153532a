"""What makes the bytes of the input files, by subject."""

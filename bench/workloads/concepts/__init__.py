"""Concepts of Go beside what a Python programmer would write: the smallest programs, for the pages on ease of use."""

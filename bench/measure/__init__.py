"""Runs what the catalog names and writes down every raw invocation."""

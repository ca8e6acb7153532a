"""Servers that answer a request for twenty rows in one round trip to the database: by a list of keys, or by a pipeline."""

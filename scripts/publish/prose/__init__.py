"""Sentences and lists that are computed."""

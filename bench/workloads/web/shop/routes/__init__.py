"""The shop's requests, by what they are about."""

"""FastAPI's server, laid out as its guide would."""

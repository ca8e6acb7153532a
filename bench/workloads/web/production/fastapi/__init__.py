"""FastAPI in production."""

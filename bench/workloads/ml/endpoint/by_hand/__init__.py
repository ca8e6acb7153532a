"""NumPy behind FastAPI."""

"""The CRUD service on FastAPI."""

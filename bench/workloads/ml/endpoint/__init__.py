"""A model behind an HTTP endpoint: FastAPI in front of what computes the scores."""

"""Flask in production."""

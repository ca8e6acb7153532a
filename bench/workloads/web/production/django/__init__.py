"""Django in production."""

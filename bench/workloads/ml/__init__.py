"""Machine learning: models that are trained, and asked."""

"""The `http` instrument: web servers under load."""

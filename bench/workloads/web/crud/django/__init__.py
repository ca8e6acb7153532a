"""The CRUD service on Django."""

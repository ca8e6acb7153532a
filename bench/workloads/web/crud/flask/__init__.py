"""The CRUD service on Flask."""

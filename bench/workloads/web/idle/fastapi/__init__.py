"""FastAPI, with WebSockets that are kept open."""

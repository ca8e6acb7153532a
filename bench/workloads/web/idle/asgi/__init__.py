"""The floor beneath FastAPI, with WebSockets that are kept open."""

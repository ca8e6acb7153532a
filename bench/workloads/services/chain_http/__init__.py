"""A chain whose services speak JSON over HTTP: FastAPI on both sides of each call, aiohttp's client in between."""

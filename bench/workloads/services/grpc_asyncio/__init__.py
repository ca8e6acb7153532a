"""Documents by grpcio's asyncio server."""

"""A chain whose services speak gRPC: grpcio's asyncio on both sides of each call, and FastAPI in front of the first."""

"""Documents by grpcio's server with threads."""

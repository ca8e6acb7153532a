"""ONNX Runtime behind FastAPI."""

"""Servers that keep WebSockets open, and broadcast to all of them; one package for each framework."""

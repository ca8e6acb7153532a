"""Processes: started, read, and ended, whatever happens."""

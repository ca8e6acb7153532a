"""What people run: `scripts/build.py`, and the stage that turns results into pages."""

"""What `scripts/build.py` can be told: its commands, and how they speak to people."""

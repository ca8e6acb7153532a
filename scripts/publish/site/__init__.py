"""What pages use: the macros, and the blocks around charts."""

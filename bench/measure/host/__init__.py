"""The machine and the toolchains on it: found, described, and equipped."""

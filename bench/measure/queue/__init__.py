"""The `queue` instrument: consumers of a message queue that write to a database."""

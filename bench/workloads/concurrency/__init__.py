"""Programs of the section on concurrency."""

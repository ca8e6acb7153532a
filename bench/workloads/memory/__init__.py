"""Programs of the section on memory."""

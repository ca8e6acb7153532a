"""What a run writes down, and how it is stored, read and migrated: what measuring and analysing share."""

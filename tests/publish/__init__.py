"""Facts about the publish stage: what is said, drawn, written and refused."""

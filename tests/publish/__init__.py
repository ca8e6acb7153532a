"""Facts about the publish stage: what is worded, drawn, written and refused."""

"""Facts about the pages' sources. What the rendered site must satisfy is tested elsewhere."""

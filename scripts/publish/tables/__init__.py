"""Tables in Markdown, and the rows of the CSV files."""

"""Results -> pages: figures, tables, macros, citations and downloads. Macros only read; `export` writes."""

"""A small service, into which mistakes are put to see who catches them; go_examples/mistakes/orders is the same in Go."""

"""Web servers, with every endpoint of the contract in docs/decisions/web.md, one package for each framework."""

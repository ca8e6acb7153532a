"""CRUD services: one resource that is read, listed, inserted and updated, one package for each framework."""

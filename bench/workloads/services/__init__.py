"""Programs of the catalog's section "services"."""

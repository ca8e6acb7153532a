"""Services that call, or are called by, other services: docs/decisions/services.md has their contracts."""

"""Python or Go?: catalog, measure and analyse; `scripts/publish` is the fourth stage."""

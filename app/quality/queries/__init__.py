"""Reading pairs and mergers, always within a scope."""

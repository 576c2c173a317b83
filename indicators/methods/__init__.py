"""How recognised bodies judge a target: one module per method, one registry, one interface."""

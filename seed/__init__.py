"""The register, areas and published actuals as CSV, and their reader; returns rows, stores none."""

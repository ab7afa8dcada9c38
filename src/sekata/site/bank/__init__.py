"""A bank to rehearse with: its own process that speaks SNAP BI as Bank BRI does, and fails on request."""

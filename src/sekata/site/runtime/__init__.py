"""What keeps the suite running: the embedded PostgreSQL, the tree of processes, backup and its checks."""

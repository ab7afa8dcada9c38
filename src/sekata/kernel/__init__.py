"""The shared building blocks. Rooms reach them through their `actions` and `queries` only."""

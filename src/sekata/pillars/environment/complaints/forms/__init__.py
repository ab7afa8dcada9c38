"""Forms of the room, by door."""

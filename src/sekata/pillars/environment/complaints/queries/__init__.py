"""The only readers of the room's tables."""

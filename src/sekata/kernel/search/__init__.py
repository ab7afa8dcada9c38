"""One search over everything findable; rights apply inside the query."""

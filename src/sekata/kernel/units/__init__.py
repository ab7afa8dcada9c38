"""Where people work and live: the tree of offices, the areas of the Home Affairs decree, other systems' codes."""

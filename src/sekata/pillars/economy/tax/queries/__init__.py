"""Reading the tables of regional tax."""

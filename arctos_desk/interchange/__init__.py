"""Foreign files in: what other programs write about a tournament, turned into our records. Writes no operation."""

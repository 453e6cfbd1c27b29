"""Kills the writer at random moments and damages what it leaves, then looks whether anything acknowledged was lost."""

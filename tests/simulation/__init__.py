"""Several desks, one tournament, no network worth the name.

Histories from seeds, and broken variants that must be caught.
"""

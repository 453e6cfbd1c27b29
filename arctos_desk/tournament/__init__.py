"""The words everyone shares: ids, teams, fields, tokens, matches, times and reasons.

Holds values only, decides nothing.
"""

"""The journal: every operation in words, and taking any of them back. Knows no other pane."""

"""The only door for change: commands, their handlers, the reducer, undo, and the views that screens and sites read."""

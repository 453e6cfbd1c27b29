"""The Scripts pane: the tags and variables of an event with their expressions."""

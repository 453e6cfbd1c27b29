"""What stands on the screen while no event is open: new, open, recent, import. Knows no other pane."""

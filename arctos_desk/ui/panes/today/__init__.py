"""Today: one field's match from waiting to finished. Knows no other pane."""

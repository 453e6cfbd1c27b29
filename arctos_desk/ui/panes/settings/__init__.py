"""Settings: the event, its fields and rules of play, and this laptop with its backups. Knows no other pane."""

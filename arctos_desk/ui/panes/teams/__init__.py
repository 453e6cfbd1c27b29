"""Teams and players: who takes part, under which name and colour, and lists taken in. Knows no other pane."""

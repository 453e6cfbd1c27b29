"""The Standings pane: the tables of the event and of its groups, and why one team stands above another."""

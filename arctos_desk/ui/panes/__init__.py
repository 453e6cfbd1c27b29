"""The panes of the window, one package each. A pane knows no other pane."""

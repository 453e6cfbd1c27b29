"""The few questions that cannot be asked beside their cause: in-window sheets, never modal. Knows no pane."""

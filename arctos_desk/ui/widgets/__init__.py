"""One module per thing on the screen that a referee could name. Knows colours and keys, no matches."""

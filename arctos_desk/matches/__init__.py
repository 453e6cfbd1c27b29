"""A Jugger match at the pitch: its score, its stones and the beat. Pure; knows no screen and no log."""

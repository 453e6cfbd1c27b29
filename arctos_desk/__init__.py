"""Arctos Desk: runs a Jugger tournament day without a network. Holds the version; starts nothing on import."""

__version__ = "0.1.0"

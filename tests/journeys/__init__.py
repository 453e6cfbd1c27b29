"""Whole evenings and days at the real window, by keyboard and mouse alone."""

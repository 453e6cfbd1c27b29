"""How a tournament is counted: tables and their order. Pure; knows no schedule and no screen."""

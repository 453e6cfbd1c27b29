"""The program's surroundings: paths, logs, settings, secrets, clock, messages, runner. Knows no tournament rules."""

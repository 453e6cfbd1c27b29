"""The program: composition root, command line, crash report, self-test, handover. Holds no rule of the day."""

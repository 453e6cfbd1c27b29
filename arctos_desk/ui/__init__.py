"""The window:

panes, widgets, theme. Shows rows and emits intents; decides nothing about tournaments and touches no disk.
"""

"""The event file: log, journal, projections, person records, backups, recovery. Decides nothing about tournaments."""

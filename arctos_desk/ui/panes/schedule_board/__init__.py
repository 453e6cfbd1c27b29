"""The Board: the day on its fields. Shows where each match stands in time; changes nothing by itself."""

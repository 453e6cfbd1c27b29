"""What is handed out on paper, in files and on pages: pictures, tables, calendars. Needs no window."""

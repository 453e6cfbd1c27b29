"""What needs the schedule and the counting together: playing a day before it happens. Writes nothing."""

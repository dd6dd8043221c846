"""What is true of bulletins, schedules and airing: plain Python, no database, no clock."""

"""What is true of cases of citizens: plain Python, no database, no clock."""

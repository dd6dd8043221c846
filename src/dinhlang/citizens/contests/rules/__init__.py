"""What is true of contests: no database, no clock."""

"""What is true of surveys, contests and registers of trainings: no database, no clock."""

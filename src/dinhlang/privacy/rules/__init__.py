"""What is true of data requests."""

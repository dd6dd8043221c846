"""What is true of approving, in plain Python."""

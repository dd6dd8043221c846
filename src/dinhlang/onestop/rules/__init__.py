"""What is true of dossiers and allowed with them, in plain Python."""

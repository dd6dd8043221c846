"""What is true of classes, in plain Python: kinds and states, lists of guests, what tests may tell."""

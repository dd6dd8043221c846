"""What is true of submissions, in plain Python: states, packages, receipts, figures changed by hand."""

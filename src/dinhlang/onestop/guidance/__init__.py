"""Counting who is shown the way at the counter: one press adds one, a mistake is taken back, a day is one line of the ledger."""

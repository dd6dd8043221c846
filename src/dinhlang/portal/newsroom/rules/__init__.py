"""What is true and allowed of items, in plain Python: kinds, states, slugs, the body's white list."""

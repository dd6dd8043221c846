"""Programs that other libraries run in, each in an environment of its own."""

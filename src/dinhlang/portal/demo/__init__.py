"""What the fictional commune publishes, for trying things out: its texts, and drawings made by code."""

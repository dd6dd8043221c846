"""Settings (from the environment only), URLs, and how the server processes are started."""

"""What `bench_upward` measures, one module for each kind of work."""

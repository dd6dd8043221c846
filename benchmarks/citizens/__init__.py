"""What `bench_citizens` measures, one part a file: `GOALS` by name, and a function that gives the figures."""

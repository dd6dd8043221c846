"""What `bench_voice` measures, one part a file: `GOALS` by name, and a function that gives the figures."""

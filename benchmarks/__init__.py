"""Time and memory of whole runs: `python -m benchmarks`."""

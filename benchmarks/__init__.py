"""Benchmarks of what the docs claim is fast."""

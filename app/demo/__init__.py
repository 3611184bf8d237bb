"""A believable invented world: for the demo, for benchmarks, and to judge forecasts against.

Nothing here is about a real person. `docs/demo.md` says what is invented and what is taken from
published figures.
"""

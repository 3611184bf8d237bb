"""From a simulated world to the rows of a database: set-based, in slices, the same for a seed."""

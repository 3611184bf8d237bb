"""Whether the register says the truth: enterprises entered twice, and what contradicts itself."""

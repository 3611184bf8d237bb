"""Areas split, merged or renumbered by decree: what would move, and moving it once."""

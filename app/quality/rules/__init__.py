"""Which records are likely the same, and how two become one."""

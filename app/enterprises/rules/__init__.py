"""The register's rules as pure functions: sizes, windows, life cycle, names, numbers, labels."""

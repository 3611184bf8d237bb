"""The register: owners, enterprises, their life cycle, duplicates, import and export."""

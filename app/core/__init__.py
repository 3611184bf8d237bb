"""Value types that everything stands on: no Flask, no SQLAlchemy."""

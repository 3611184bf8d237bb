"""Long work of the register. The worker finds jobs by importing this package."""

from app.enterprises.jobs import exports, imports

__all__ = ["exports", "imports"]

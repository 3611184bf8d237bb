"""Long work of the register. The worker finds jobs by importing this package."""

from app.enterprises.jobs import exports

__all__ = ["exports"]

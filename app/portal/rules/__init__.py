"""What the owner's page says and asks."""

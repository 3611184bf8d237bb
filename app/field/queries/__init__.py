"""What phones and pages ask."""

"""What people may ask of those who keep their data: a copy, correction, restriction, erasure."""

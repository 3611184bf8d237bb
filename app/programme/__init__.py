"""The village programme: its profile, its indicators, the office's own figures."""

"""Products, packaging and label, certificates, channels: the facts a diagnosis reads."""

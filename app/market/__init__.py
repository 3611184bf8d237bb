"""Products, packaging and label, certificates, channels: the facts a diagnosis reads.

Nothing lives here yet; its place in the direction of imports is kept.
"""

"""Shapes of the forms of products, certificates and channels."""

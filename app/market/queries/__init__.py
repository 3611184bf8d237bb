"""Reading products, certificates and channels. Whatever is of an enterprise asks for the scope."""

"""What products, certificates and channels are, and what follows from that."""

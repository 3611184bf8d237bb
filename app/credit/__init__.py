"""Loans: what lenders offer, what an offer costs to the rupiah, what an enterprise can carry."""

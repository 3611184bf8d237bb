"""Who changed what, and who saw what: append-only, numbered in commit order, chained by hashes.

It serves the timeline of an enterprise, the audit page, and whoever must tell after a breach whose
data an account has seen.
"""

"""Who changed what, when: append-only, numbered in commit order.

It serves the timeline of an enterprise today, and the audit page and the sync cursor later.
"""

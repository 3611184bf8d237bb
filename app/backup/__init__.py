"""Backups: one encrypted file with the whole database and the files that people brought.

The key comes from the environment of the backup alone; neither the database nor the web server
holds it. What a backup is and how to rehearse it: docs/operating.md.
"""

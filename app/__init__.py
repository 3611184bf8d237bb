"""Pulih: managing the enterprises of returned migrant workers, from register to recovery.

The application is made in `app.factory`; the packages and the direction of their imports are
drawn in the README.
"""

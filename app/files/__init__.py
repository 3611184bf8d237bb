"""Photos: re-encoded, without what the camera knew, kept by their content under the data folder.

A photo is shown by the feature that owns it, within that feature's scope; there is no address
that gives a file by its id alone.
"""

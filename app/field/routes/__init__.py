"""The requests of phones, and the pages about them."""

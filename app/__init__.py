"""Pulih: managing the enterprises of returned migrant workers, from register to recovery.

The application is made in `app.factory`; the packages and the direction of their imports are
drawn in the README.
"""

import gc

# Starting makes half a million objects that stay. Looking through them for garbage again and
# again, as Python does by default, costs an eighth of the start and finds nothing.
gc.set_threshold(50_000, 20, 50)

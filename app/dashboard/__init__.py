"""Pages across features, read only: the overview by area, movement of classes, work lists."""

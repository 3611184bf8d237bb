"""Equipment aid: from a request through its gates to a tool in use, checked, or moved on."""

"""What every page shares: layout, components, forms, errors, headers, filters, static files."""

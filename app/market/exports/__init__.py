"""Lists of the market as workbooks."""

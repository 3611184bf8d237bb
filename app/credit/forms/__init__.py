"""Forms of the loan calculator and of loan offers."""

"""Who may do what: accounts, memberships, log-in, sessions, and the door of every page."""

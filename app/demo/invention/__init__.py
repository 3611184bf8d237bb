"""What is made up so that a demo can be read: people, enterprises, and what was said at visits."""

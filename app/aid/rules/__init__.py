"""The rules of equipment aid: steps, gates, use of tools, words."""

"""The mentor's offline app and its sync: a whole day without signal, nothing lost or doubled."""

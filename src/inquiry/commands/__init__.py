"""One module a command: it names the steps and prints; the rooms do the work."""

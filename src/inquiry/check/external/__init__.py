"""External addresses: where they stand, whom to ask, how to ask, and what the answers mean."""

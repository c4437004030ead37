"""The state of a conversation out of its events; pure."""

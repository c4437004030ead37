"""Messages in and effects out, each exactly once as far as the channel allows."""

"""What a conversation is made of: what happened, where it stands, what may be done next; pure."""

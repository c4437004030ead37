"""What a customer wants, wants no more, or wants instead; pure."""

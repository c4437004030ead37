"""What the bot says: the shop's texts, filled with facts."""

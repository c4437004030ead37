"""The agents' group on Telegram: a topic for each conversation that people have or should have."""

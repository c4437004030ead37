"""Jiefen 解纷: the bot, its channels, the staff's console and the money it moves."""

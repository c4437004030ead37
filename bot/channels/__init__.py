"""The mouths and ears: Telegram, web chat, terminal."""

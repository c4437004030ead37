"""Telegram: customers speak in, replies go out; built on `telegram.Bot` alone."""

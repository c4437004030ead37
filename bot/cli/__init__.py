"""What each command of `jiefen` does, as plain functions; `bot.__main__` only reads options."""

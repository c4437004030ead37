"""The staff's site and API on aiohttp."""

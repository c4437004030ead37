"""Orders of the shop: one port, and the embedded order book behind it."""

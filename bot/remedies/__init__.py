"""What the shop's policy allows for a dispute: pure functions of facts."""

"""What to do next, from state, policy and the moment; pure."""

"""The dialogue: events in, state by replay, the next step by decide."""

"""How a message is put, whatever it is about: its clauses, a question, a yes; pure."""

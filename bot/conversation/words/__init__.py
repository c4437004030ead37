"""What a customer's words mean, beside what `nlp` reads in them; pure."""

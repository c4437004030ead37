"""What a message is about, and by which words close matters are told apart; pure."""

"""What is said to what the bot said: a remedy picked, doubted, or asked after; pure."""

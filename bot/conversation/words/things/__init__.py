"""What is told of goods, parcels, sums and what is at hand; pure."""

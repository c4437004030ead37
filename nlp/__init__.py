"""Understanding of customers' messages; knows nothing of shops' databases or channels."""

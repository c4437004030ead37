"""What every HTTP route shares: routes and their document, problems, limits, sockets, health."""

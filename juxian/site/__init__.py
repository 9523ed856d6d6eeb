"""Where the house meets the outside: settings, addresses, servers, the command line."""

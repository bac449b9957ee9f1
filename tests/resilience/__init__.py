"""What the site outlasts: attacks, loads and outages that take too long for `make test`. `make trust` runs them."""

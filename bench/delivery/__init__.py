"""What the delivery of pages costs, in one run on one machine: ratios, each with the limit that it must keep."""

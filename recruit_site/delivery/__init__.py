"""The static export of the site (export/)."""

"""Sign-in to the admin: password, second factor, the lock after failed attempts, and the end of a session."""

"""The cache that processes share. What lies there lies in the database too: the site goes on without it."""

import logging
from contextlib import contextmanager

from django.core.cache.backends.redis import RedisCache
from redis.exceptions import ConnectionError, TimeoutError

logger = logging.getLogger(__name__)
GONE = (ConnectionError, TimeoutError)


@contextmanager
def forgiving():
    """Go on after the block where the server is gone, and say so in the log."""
    try:
        yield
    except GONE as error:
        logger.warning("cache does not answer: %s", error)


class ForgivingRedisCache(RedisCache):
    """Django's RedisCache that knows nothing while its server is gone, instead of failing.

    `delete` still fails: whoever signs out must not be told so while the session may come back with the server.
    """

    def get(self, key, default=None, version=None):
        with forgiving():
            return super().get(key, default, version)
        return default

    def set(self, key, value, *args, **kwargs):
        with forgiving():
            super().set(key, value, *args, **kwargs)

    def has_key(self, key, version=None):
        with forgiving():
            return super().has_key(key, version)
        return False

"""The cache that all processes share. It holds copies of rows of the database, so the site works without it."""

import logging
from contextlib import contextmanager

from django.core.cache.backends.redis import RedisCache
from redis.exceptions import ConnectionError, TimeoutError

logger = logging.getLogger(__name__)
GONE = (ConnectionError, TimeoutError)


@contextmanager
def forgiving():
    """Continue after the block if the cache server does not answer, and log a warning."""
    try:
        yield
    except GONE as error:
        logger.warning("cache does not answer: %s", error)


class ForgivingRedisCache(RedisCache):
    """Django's RedisCache, which behaves like an empty cache while its server does not answer.

    `delete` still raises: a sign-out must not succeed while the session can come back with the server.
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

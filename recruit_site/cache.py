"""The cache that processes share. What lies there lies in the database too: the site goes on without it."""

import logging

from django.core.cache.backends.redis import RedisCache
from redis.exceptions import ConnectionError, TimeoutError

logger = logging.getLogger(__name__)
GONE = (ConnectionError, TimeoutError)


class ForgivingRedisCache(RedisCache):
    """Django's RedisCache that knows nothing while its server is gone, instead of failing.

    `delete` still fails: whoever signs out must not be told so while the session may come back with the server.
    """

    def get(self, key, default=None, version=None):
        try:
            return super().get(key, default, version)
        except GONE as error:
            logger.warning("cache does not answer: %s", error)
            return default

    def set(self, key, value, *args, **kwargs):
        try:
            super().set(key, value, *args, **kwargs)
        except GONE as error:
            logger.warning("cache does not answer: %s", error)

    def has_key(self, key, version=None):
        try:
            return super().has_key(key, version)
        except GONE as error:
            logger.warning("cache does not answer: %s", error)
            return False

"""The storage of uploaded pictures in an S3-compatible store that several machines share."""

from boto3.s3.transfer import TransferConfig
from botocore.config import Config
from django.conf import settings
from django.utils.encoding import filepath_to_uri
from storages.backends.s3 import S3Storage

from recruit_site.media.serving import FOR_EVER

#: Timeouts are in seconds. Checksums in the request body are Amazon's own; other stores refuse them.
CLIENT = Config(
    signature_version="s3v4",
    connect_timeout=2,
    read_timeout=10,
    retries={"total_max_attempts": 2},
    request_checksum_calculation="when_required",
    response_checksum_validation="when_required",
)


class BucketStorage(S3Storage):
    """A bucket whose files have the same URLs as files of FolderStorage: the site or the host in MEDIA_URL serves both.

    boto3 takes the keys from AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or from the machine's role, and the region
    from AWS_DEFAULT_REGION.
    """

    def get_default_settings(self):
        return super().get_default_settings() | {
            "client_config": CLIENT,
            "transfer_config": TransferConfig(use_threads=False),  # pictures are small
            "object_parameters": {"CacheControl": FOR_EVER},
        }

    def url(self, name):
        return settings.MEDIA_URL + filepath_to_uri(name)

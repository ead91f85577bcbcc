"""A stored file: its digest, size and what it really is. The bytes lie under the data directory."""

from django.db import models

from anlanh.base.tenancy import Owned

PICTURES = ("image/png", "image/jpeg", "image/gif", "image/webp", "image/bmp")
FILMS = ("video/mp4", "video/webm")  # what browsers play


class StoredFile(Owned):
    """A file that one organisation owns. Two organisations that hold the same bytes hold two files."""

    name = models.CharField(max_length=200)
    media_type = models.CharField(max_length=100)
    size = models.BigIntegerField()
    sha256 = models.CharField(max_length=64)
    added_at = models.DateTimeField()
    added_by = models.UUIDField(null=True)

    class Meta:
        indexes = [models.Index(fields=["organisation", "sha256"], name="file_digest")]

    def __str__(self) -> str:
        return self.name

    @property
    def is_film(self) -> bool:
        """Whether a browser can play it."""
        return self.media_type in FILMS

    @property
    def is_picture(self) -> bool:
        """Whether a preview of it can be asked for."""
        return self.media_type in PICTURES

"""What has been spent, and the salts that keep it anonymous."""

from django.db import models


class Bucket(models.Model):
    """How far ahead of time one bucket has spent.

    `full_until` is the instant, in microseconds since 1970, at which all that was spent will have been earned again. A
    row past it says nothing any more.
    """

    digest = models.BinaryField(primary_key=True, max_length=32)
    full_until = models.BigIntegerField(db_index=True)

    class Meta:
        db_table = "limits_bucket"


class Salt(models.Model):
    """The random bytes of one day. Once they are gone, no digest of that day can be tried against an address."""

    day = models.DateField(primary_key=True)
    value = models.BinaryField(max_length=32)

    class Meta:
        db_table = "limits_salt"

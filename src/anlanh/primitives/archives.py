"""What the standard library raises on ZIP archives that are damaged or made up."""

import lzma
import struct
import zipfile
import zlib

# Beside its own error the library lets those of its parts through: of decompressors, of numbers out of range, of names
# in no charset. Whoever opens somebody else's archive catches all of them, after `BadInput`, which is a ValueError too.
DAMAGED: tuple[type[Exception], ...] = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    EOFError,
    KeyError,
    NotImplementedError,
    OSError,
    OverflowError,
    RuntimeError,
    ValueError,
)

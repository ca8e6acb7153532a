"""A response is compressed with gzip and decompressed again: the standard library's `gzip`.

The work is done in C, by the zlib that the interpreter is linked with. The answer is what comes out again.
"""

from __future__ import annotations

import gzip

LEVEL = 6


def run(document: bytes) -> bytes:
    # Without a time in its header, equal documents give equal bytes.
    packed = gzip.compress(document, compresslevel=LEVEL, mtime=0)
    return gzip.decompress(packed)

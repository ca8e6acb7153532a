"""A response is compressed with Zstandard and decompressed again: the library zstandard, over the reference implementation in C.

Compressor and decompressor are made once, as a server keeps them. The answer is what comes out again.
"""

from __future__ import annotations

import zstandard

# Level 3 is the format's usual one; with a checksum, as the command-line tool writes it.
COMPRESSOR = zstandard.ZstdCompressor(level=3, write_checksum=True)
DECOMPRESSOR = zstandard.ZstdDecompressor()


def run(document: bytes) -> bytes:
    return DECOMPRESSOR.decompress(COMPRESSOR.compress(document))

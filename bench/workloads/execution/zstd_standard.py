"""A response is compressed with Zstandard and decompressed again: the standard library, over the reference implementation in C.

The compressor is made once, as a server keeps it; a decompressor of this module is good for one document. The answer is what
comes out again.
"""

from __future__ import annotations

from compression import zstd  # type: ignore[import-not-found]  # new in 3.14

# Level 3 is the format's usual one; with a checksum, as the command-line tool writes it.
COMPRESSOR = zstd.ZstdCompressor(
    options={zstd.CompressionParameter.compression_level: 3, zstd.CompressionParameter.checksum_flag: 1}
)


def run(document: bytes) -> bytes:
    decompressed: bytes = zstd.decompress(COMPRESSOR.compress(document, zstd.ZstdCompressor.FLUSH_FRAME))
    return decompressed

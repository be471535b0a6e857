package org.lanewise.tabular.parquet.codec;

/** Zstandard frames (RFC 8878), without dictionaries. Checksums are not verified: Parquet has its own. */
final class Zstd {
    private static final int MAGIC = 0xFD2FB528;
    private static final int SKIPPABLE = 0x184D2A50;
    private static final int LARGEST_BLOCK = 1 << 17;

    private final byte[] in;
    private final int end;
    private final Output out;
    private int at;

    private Zstd(byte[] in, int at, int end, int size) {
        this.in = in;
        this.at = at;
        this.end = end;
        this.out = new Output(size);
    }

    static byte[] unpack(byte[] in, int at, int end, int size) {
        Zstd frames = new Zstd(in, at, end, size);
        while (frames.at < end) {
            frames.frame();
        }
        return frames.out.complete();
    }

    private long little(int bytes) {
        if (bytes > end - at) {
            throw new MalformedDataException("zstd data is cut short");
        }
        long value = 0;
        for (int i = bytes - 1; i >= 0; i--) {
            value = value << 8 | in[at + i] & 0xff;
        }
        at += bytes;
        return value;
    }

    private void frame() {
        int magic = (int) little(4);
        if ((magic & ~15) == SKIPPABLE) {
            long length = little(4);
            if (length > end - at) {
                throw new MalformedDataException("zstd data is cut short");
            }
            at += (int) length;
            return;
        }
        if (magic != MAGIC) {
            throw new MalformedDataException("not zstd data");
        }
        int descriptor = (int) little(1);
        boolean single = (descriptor & 0x20) != 0;
        if (!single) {
            little(1); // The window: all of the output is kept.
        }
        if ((descriptor & 3) != 0 && little(new int[] {0, 1, 2, 4}[descriptor & 3]) != 0) {
            throw new MalformedDataException("zstd data needs a dictionary");
        }
        int sizeBytes = new int[] {single ? 1 : 0, 2, 4, 8}[descriptor >> 6];
        little(sizeBytes);
        ZstdBlock block = new ZstdBlock(out);
        boolean last;
        do {
            int header = (int) little(3);
            last = (header & 1) != 0;
            int size = header >> 3;
            switch (header >> 1 & 3) {
                case 0 -> {
                    require(size);
                    out.literal(in, at, size);
                    at += size;
                }
                case 1 -> out.repeat((byte) little(1), size);
                case 2 -> {
                    require(size);
                    if (size > LARGEST_BLOCK) {
                        throw new MalformedDataException("a zstd block of " + size + " bytes");
                    }
                    block.unpack(in, at, at + size);
                    at += size;
                }
                default -> throw new MalformedDataException("an unknown zstd block");
            }
        } while (!last);
        if ((descriptor & 4) != 0) {
            little(4);
        }
    }

    private void require(int bytes) {
        if (bytes > end - at) {
            throw new MalformedDataException("zstd data is cut short");
        }
    }
}

package org.lanewise.tabular.parquet;

import java.util.Arrays;
import org.lanewise.tabular.parquet.codec.MalformedDataException;

/** Whole numbers as differences, packed by bits block by block (Parquet's DELTA_BINARY_PACKED). */
final class DeltaReader {
    private static final int LARGEST_BLOCK = 1 << 16;

    private final Bytes in;
    private final int perMiniBlock;
    private final int[] widths;
    private long total;
    private long value;
    private boolean first = true;
    private int miniBlock;
    private int inMiniBlock;
    private long leastDelta;
    private long bitsAt;

    DeltaReader(Bytes in) {
        this.in = in;
        long block = in.varint();
        long miniBlocks = in.varint();
        total = in.varint();
        value = in.zigzag();
        if (block <= 0 || block > LARGEST_BLOCK || miniBlocks <= 0 || miniBlocks > block || block % miniBlocks != 0
                || block / miniBlocks % 8 != 0 || total < 0) {
            throw new MalformedDataException("differences in blocks of " + block + " by " + miniBlocks);
        }
        perMiniBlock = (int) (block / miniBlocks);
        widths = new int[(int) miniBlocks];
        miniBlock = widths.length;
    }

    long total() {
        return total;
    }

    long next() {
        if (total-- <= 0) {
            throw new MalformedDataException("fewer values than announced");
        }
        if (first) {
            first = false;
            return value;
        }
        if (inMiniBlock == 0) {
            startMiniBlock();
        }
        int width = widths[miniBlock];
        long delta = 0;
        for (int i = 0; i < width;) { // As many bits at a time as the byte holds.
            int shift = (int) (bitsAt & 7);
            int now = Math.min(8 - shift, width - i);
            int index = (int) (bitsAt >>> 3);
            delta |= (in.data[index] >>> shift & (1L << now) - 1) << i;
            i += now;
            bitsAt += now;
        }
        inMiniBlock--;
        value += leastDelta + delta;
        return value;
    }

    private void startMiniBlock() {
        if (++miniBlock >= widths.length) {
            leastDelta = in.zigzag();
            for (int i = 0; i < widths.length; i++) {
                widths[i] = in.unsignedByte();
                if (widths[i] > 64) {
                    throw new MalformedDataException("differences of " + widths[i] + " bits");
                }
            }
            miniBlock = 0;
        }
        inMiniBlock = perMiniBlock;
        bitsAt = in.take((long) perMiniBlock / 8 * widths[miniBlock]) * 8L;
    }

    /** Reads what is left and leaves the input behind the last block; grows with what is there, not with what is announced. */
    long[] rest() {
        long[] all = new long[(int) Math.min(total, 1 << 12)];
        int count = 0;
        while (total > 0) {
            if (count == all.length) {
                all = Arrays.copyOf(all, (int) Math.min(count + total, 2L * count));
            }
            all[count++] = next();
        }
        return all;
    }
}

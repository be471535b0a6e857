package org.lanewise.tabular.parquet;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.lanewise.tabular.parquet.codec.MalformedDataException;

/** Turns stored values into what they stand for. */
final class Meanings {
    private Meanings() {
    }

    static void put(Leaf leaf, long stored, Batch out, int i) {
        switch (leaf.meaning()) {
            case DECIMAL -> out.doubles[i] = BigDecimal.valueOf(stored, leaf.scale()).doubleValue();
            case UNSIGNED_32 -> out.longs[i] = stored & 0xFFFFFFFFL;
            case UNSIGNED_64 -> {
                if (stored < 0) {
                    throw new MalformedDataException(
                            "value " + Long.toUnsignedString(stored) + " is too large for 64 bits with a sign");
                }
                out.longs[i] = stored;
            }
            case PLAIN, FLOAT_16 -> out.longs[i] = stored;
        }
    }

    static void put(Leaf leaf, byte[] data, int from, int length, Batch out, int i) {
        switch (leaf.meaning()) {
            case DECIMAL -> out.doubles[i] = new BigDecimal(new BigInteger(data, from, length), leaf.scale())
                    .doubleValue();
            case FLOAT_16 -> out.doubles[i] = Float
                    .float16ToFloat((short) (data[from] & 0xff | data[from + 1] << 8));
            default -> out.texts[i] = text(data, from, length);
        }
    }

    private static String text(byte[] data, int from, int length) {
        String text = new String(data, from, length, StandardCharsets.UTF_8);
        if (text.indexOf('\uFFFD') >= 0) { // Perhaps put in by the decoder: then these are no letters.
            try {
                StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(data, from, length));
            } catch (CharacterCodingException _) {
                throw new MalformedDataException("bytes that are not UTF-8 text");
            }
        }
        return text;
    }
}

package org.lanewise.engine;

/** The text of a tensor: {@code Tensor[2, 3] [[1, 2, 3], [4, 5, 6]]}, with long dimensions shortened to their ends. */
final class TensorText {

    private static final int EDGE = 3;
    private static final int SHOWN = 1000;

    private TensorText() {}

    static String of(Tensor t) {
        StringBuilder text = new StringBuilder("Tensor").append(Shapes.text(t.shape)).append(' ');
        append(text, t, 0, t.offset, t.numel > SHOWN);
        return text.toString();
    }

    private static void append(StringBuilder text, Tensor t, int d, int at, boolean shorten) {
        if (d == t.shape.length) {
            text.append(number(t.data[at]));
            return;
        }
        text.append('[');
        int n = t.numel == 0 ? 0 : t.shape[d];
        for (int i = 0; i < n; i++) {
            if (i > 0) text.append(", ");
            if (shorten && i == EDGE && n > 2 * EDGE) {
                text.append("..., ");
                i = n - EDGE;
            }
            append(text, t, d + 1, at + i * t.strides[d], shorten);
        }
        text.append(']');
    }

    private static String number(float value) {
        return value == (int) value && Math.abs(value) < 1e7f && Float.floatToRawIntBits(value) != 0x80000000
                ? Integer.toString((int) value)
                : Float.toString(value);
    }
}

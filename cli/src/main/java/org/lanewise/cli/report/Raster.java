package org.lanewise.cli.report;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;

/**
 * A picture of pixels with lines, dots and small text, as PNG. It needs neither fonts nor a graphics system, so it looks the same
 * on every machine.
 */
final class Raster {
    /** Columns of five by seven dots, the lowest bit on top: the usual font of small displays. */
    private static final String FONT = """
            ( 001C224100|) 0041221C00|, 0050300000|- 0808080808|. 0060600000|/ 2010080402|2 4261514946|0 3E5149453E\
            |1 00427F4000|3 2141454B31|4 1814127F10|5 2745454539|6 3C4A494930|7 0171090503|8 3649494936|9 064949291E\
            |a 2054545478|b 7F48444438|c 3844444420|d 384444487F|e 3854545418|f 087E090102|g 0C5252523E|h 7F08040478\
            |i 00447D4000|j 2040443D00|k 7F10284400|l 00417F4000|m 7C04180478|n 7C08040478|o 3844444438|p 7C14141408\
            |q 081414187C|r 7C08040408|s 4854545420|t 043F444020|u 3C4040207C|v 1C2040201C|w 3C4030403C|x 4428102844\
            |y 0C5050503C|z 4464544C44""";
    private static final Map<Character, int[]> GLYPHS = glyphs();
    private static final int ADVANCE = 6;

    private final int width;
    private final int height;
    private final int[] rgb;

    Raster(int width, int height) {
        this.width = width;
        this.height = height;
        rgb = new int[width * height];
        Arrays.fill(rgb, 0xFFFFFF);
    }

    private static Map<Character, int[]> glyphs() {
        Map<Character, int[]> glyphs = new HashMap<>();
        for (String glyph : FONT.split("\\|")) {
            int[] columns = new int[5];
            for (int c = 0; c < 5; c++) columns[c] = Integer.parseInt(glyph.substring(2 + 2 * c, 4 + 2 * c), 16);
            glyphs.put(glyph.charAt(0), columns);
        }
        return glyphs;
    }

    void dot(int x, int y, int colour) {
        if (x >= 0 && x < width && y >= 0 && y < height) rgb[y * width + x] = colour;
    }

    void disc(int x, int y, int radius, int colour) {
        for (int dy = -radius; dy <= radius; dy++)
            for (int dx = -radius; dx <= radius; dx++)
                if (dx * dx + dy * dy <= radius * radius) dot(x + dx, y + dy, colour);
    }

    void line(double x0, double y0, double x1, double y1, int colour) {
        int steps = (int) Math.ceil(Math.max(Math.abs(x1 - x0), Math.abs(y1 - y0))) + 1;
        for (int i = 0; i <= steps; i++)
            dot((int) Math.round(x0 + (x1 - x0) * i / steps), (int) Math.round(y0 + (y1 - y0) * i / steps), colour);
    }

    /** Text twice its natural size with its top left corner here; what the font lacks is left blank. */
    void text(String text, int x, int y, int colour) {
        for (int i = 0; i < text.length(); i++) {
            char sign = text.charAt(i) == '\u2212' ? '-' : Character.toLowerCase(text.charAt(i));
            int[] glyph = GLYPHS.get(sign);
            if (glyph == null) continue;
            for (int c = 0; c < 5; c++)
                for (int r = 0; r < 7; r++)
                    if ((glyph[c] >> r & 1) != 0)
                        for (int s = 0; s < 4; s++)
                            dot(x + 2 * (i * ADVANCE + c) + s % 2, y + 2 * r + s / 2, colour);
        }
    }

    static int textWidth(String text) {
        return 2 * ADVANCE * text.length();
    }

    /** The picture as a PNG file's content (eight bits, three channels). */
    byte[] png() {
        try {
            ByteArrayOutputStream file = new ByteArrayOutputStream();
            DataOutputStream out = new DataOutputStream(file);
            out.write(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'});
            ByteArrayOutputStream header = new ByteArrayOutputStream();
            DataOutputStream fields = new DataOutputStream(header);
            fields.writeInt(width);
            fields.writeInt(height);
            fields.write(new byte[] {8, 2, 0, 0, 0});
            chunk(out, "IHDR", header.toByteArray());
            ByteArrayOutputStream packed = new ByteArrayOutputStream();
            try (DeflaterOutputStream deflate = new DeflaterOutputStream(packed, new Deflater(9))) {
                byte[] row = new byte[1 + 3 * width];
                for (int y = 0; y < height; y++) {
                    for (int x = 0; x < width; x++)
                        for (int c = 0; c < 3; c++) row[1 + 3 * x + c] = (byte) (rgb[y * width + x] >> 16 - 8 * c);
                    deflate.write(row);
                }
            }
            chunk(out, "IDAT", packed.toByteArray());
            chunk(out, "IEND", new byte[0]);
            return file.toByteArray();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e); // nothing but memory is written
        }
    }

    private static void chunk(DataOutputStream out, String type, byte[] data) throws IOException {
        byte[] name = type.getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        CRC32 sum = new CRC32();
        sum.update(name);
        sum.update(data);
        out.writeInt(data.length);
        out.write(name);
        out.write(data);
        out.writeInt((int) sum.getValue());
    }
}

package org.lanewise.optim;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TensorBoardWriterTest {

    /** Reads the framing back and checks both checksums of each record. */
    private static List<byte[]> records(Path directory) throws Exception {
        var records = new ArrayList<byte[]>();
        try (var files = Files.list(directory)) {
            ByteBuffer data = ByteBuffer.wrap(Files.readAllBytes(files.findFirst().orElseThrow()))
                    .order(ByteOrder.LITTLE_ENDIAN);
            while (data.hasRemaining()) {
                byte[] header = new byte[8];
                data.get(header);
                assertThat(data.getInt()).isEqualTo(masked(header));
                byte[] record = new byte[(int) ByteBuffer.wrap(header).order(ByteOrder.LITTLE_ENDIAN).getLong()];
                data.get(record);
                assertThat(data.getInt()).isEqualTo(masked(record));
                records.add(record);
            }
        }
        return records;
    }

    private static int masked(byte[] bytes) {
        var crc = new CRC32C();
        crc.update(bytes);
        long value = crc.getValue();
        return (int) (((value >>> 15) | (value << 17)) + 0xa282ead8L);
    }

    @Test
    void writesTheVersionThenTheEvents(@TempDir Path directory) throws Exception {
        try (var board = TensorBoardWriter.open(directory)) {
            board.scalar("loss", 300, 1.5);
            board.histogram("w", 300, new float[] {1, 2, 3});
            board.histogram("nan", 300, new float[] {Float.NaN});
            board.restartAt(7);
        }
        List<byte[]> records = records(directory);
        assertThat(records).hasSize(4);
        assertThat(new String(records.get(0), StandardCharsets.ISO_8859_1)).endsWith("\32\15brain.Event:2");
        // wall_time(9 bytes), step = varint 300, summary { value { tag: "loss" simple_value: 1.5 } }
        byte[] scalar = records.get(1);
        ByteBuffer expected = ByteBuffer.allocate(18).order(ByteOrder.LITTLE_ENDIAN)
                .put(new byte[] {0x10, (byte) 0xAC, 2,
                        0x2A, 13, 0x0A, 11, 0x0A, 4, 'l', 'o', 's', 's', 0x15})
                .putFloat(1.5f);
        assertThat(java.util.Arrays.copyOfRange(scalar, 9, scalar.length)).isEqualTo(expected.array());
        assertThat(records.get(3)).endsWith(0x10, 7, 0x3A, 2, 0x08, 1);
    }

    @Test
    void opensASecondFileBesideTheFirst(@TempDir Path directory) throws Exception {
        TensorBoardWriter.open(directory).close();
        TensorBoardWriter.open(directory).close();
        try (var files = Files.list(directory)) {
            assertThat(files).hasSize(2);
        }
    }
}

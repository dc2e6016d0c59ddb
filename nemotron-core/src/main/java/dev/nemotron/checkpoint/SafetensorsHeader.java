package dev.nemotron.checkpoint;

import dev.nemotron.ModelFormatException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * The header of a safetensors file after every check: eight bytes with the length, then JSON, then the data, which the
 * tensors fill without holes and without overlap (quantisation specification 6.1 to 6.3).
 *
 * @param dataStart where the data begin, in bytes from the start of the file
 * @param dataSize the size of the data in bytes
 * @param entries the tensors in the order of the header
 */
record SafetensorsHeader(long dataStart, long dataSize, List<Entry> entries) {

    private static final int PREFIX = Long.BYTES;
    private static final long MAX_HEADER = 100_000_000;
    private static final byte[] LFS_POINTER = "version ".getBytes(StandardCharsets.US_ASCII);

    /**
     * One tensor of a header.
     *
     * @param name its name
     * @param dtype the element type
     * @param shape the dimensions
     * @param begin where its bytes begin in the data
     * @param end where they end
     */
    record Entry(String name, DType dtype, List<Long> shape, long begin, long end) {

        String describe() {
            return "tensor \"" + name + "\" (" + dtype + " " + shape + ", data bytes " + begin + " to " + end + ")";
        }
    }

    /**
     * Reads and checks the header of a file.
     *
     * @param channel the file
     * @param file its name, for messages
     * @return the header
     * @throws IOException if the file cannot be read
     * @throws ModelFormatException if anything about it is wrong
     */
    static SafetensorsHeader read(FileChannel channel, String file) throws IOException {
        long size = channel.size();
        if (size < PREFIX) {
            throw new ModelFormatException(
                    file + ": " + size + " bytes, expected at least " + PREFIX + "; download the file again");
        }
        byte[] prefix = bytes(channel, 0, PREFIX, file);
        long length = ByteBuffer.wrap(prefix).order(ByteOrder.LITTLE_ENDIAN).getLong();
        if (Arrays.equals(prefix, LFS_POINTER)) {
            throw new ModelFormatException(
                    file + ": a Git LFS pointer, not the weights; fetch them with: git lfs pull");
        }
        if (length < 2 || length > MAX_HEADER || length > size - PREFIX) {
            throw new ModelFormatException(file + ": bytes 0 to 8 give a header of " + Long.toUnsignedString(length)
                    + " bytes, expected 2 to " + Math.min(MAX_HEADER, size - PREFIX)
                    + "; the file is cut short or not a safetensors file");
        }
        byte[] json = bytes(channel, PREFIX, (int) length, file);
        if (json[0] != '{') {
            throw new ModelFormatException(file + ": the header (bytes 8 to " + (PREFIX + length)
                    + ") must begin with '{', found byte " + (json[0] & 0xFF));
        }
        long dataStart = PREFIX + length;
        SafetensorsHeader header = new SafetensorsHeader(dataStart, size - dataStart, HeaderJson.parse(json, file));
        header.check(file);
        return header;
    }

    private void check(String file) {
        for (Entry entry : entries) {
            checkSize(entry, file);
        }
        List<Entry> byOffset = new ArrayList<>(entries);
        byOffset.sort(Comparator.comparingLong(Entry::begin).thenComparingLong(Entry::end));
        long reached = 0;
        Entry previous = null;
        for (Entry entry : byOffset) {
            if (entry.begin() < reached && previous != null) {
                throw new ModelFormatException(
                        file + ": " + entry.describe() + " overlaps " + previous.describe() + "; the file is damaged");
            }
            if (entry.begin() > reached) {
                throw new ModelFormatException(file + ": data bytes " + reached + " to " + entry.begin() + " before "
                        + entry.describe() + " belong to no tensor; the file is damaged");
            }
            reached = entry.end();
            previous = entry;
        }
        if (reached != dataSize) {
            throw new ModelFormatException(file + ": the tensors end at data byte " + reached + ", the file at "
                    + dataSize + "; the file is damaged, download it again");
        }
    }

    private void checkSize(Entry entry, String file) {
        long bits = entry.dtype().bits();
        try {
            for (long dimension : entry.shape()) {
                bits = Math.multiplyExact(bits, dimension);
            }
        } catch (ArithmeticException e) {
            throw new ModelFormatException(file + ": " + entry.describe() + " has more than 2^63 - 1 bits", e);
        }
        if (bits % Byte.SIZE != 0) {
            throw new ModelFormatException(file + ": " + entry.describe() + " does not fill whole bytes");
        }
        if (entry.end() < entry.begin() || entry.end() - entry.begin() != bits / Byte.SIZE) {
            throw new ModelFormatException(
                    file + ": " + entry.describe() + " needs " + bits / Byte.SIZE + " bytes by its shape");
        }
        if (entry.end() > dataSize) {
            throw new ModelFormatException(file + ": " + entry.describe() + " ends beyond the data of " + dataSize
                    + " bytes; the file is cut short, download it again");
        }
    }

    private static byte[] bytes(FileChannel channel, long position, int count, String file) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(count);
        while (buffer.hasRemaining()) {
            if (channel.read(buffer, position + buffer.position()) < 0) {
                throw new ModelFormatException(
                        file + ": ends at byte " + (position + buffer.position()) + " while it is read");
            }
        }
        return buffer.array();
    }
}

import dev.nemotron.tokenizer.Tokenizer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32;

/**
 * Encodes the texts of a file, which are parted by NUL, once for each line that comes in, and prints how many nanoseconds it
 * took, how many tokens it made, and a checksum of them. Run by compare_speed.py.
 */
class EncodeSpeed {

    public static void main(String[] arguments) throws IOException {
        Tokenizer tokenizer = Tokenizer.load(Path.of(arguments[0]));
        String[] texts = Files.readString(Path.of(arguments[1])).split("\0", -1);
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        while (in.readLine() != null) {
            int[][] ids = new int[texts.length][];
            long start = System.nanoTime();
            for (int i = 0; i < texts.length; i++) {
                ids[i] = tokenizer.encode(texts[i], false);
            }
            long nanos = System.nanoTime() - start;
            report(nanos, ids);
        }
    }

    private static void report(long nanos, int[][] ids) {
        CRC32 checksum = new CRC32();
        long tokens = 0;
        for (int[] text : ids) {
            ByteBuffer bytes = ByteBuffer.allocate(text.length * Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
            bytes.asIntBuffer().put(text);
            checksum.update(bytes);
            tokens += text.length;
        }
        System.out.println(nanos + " " + tokens + " " + checksum.getValue());
        System.out.flush();
    }
}

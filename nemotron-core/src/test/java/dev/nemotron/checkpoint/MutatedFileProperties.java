package dev.nemotron.checkpoint;

import static dev.nemotron.checkpoint.RawSafetensors.tensor;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nemotron.ModelFormatException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.regex.Pattern;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.junit.jupiter.api.Assertions;

/** A valid file with damage: it opens and every tensor lies inside it, or it is refused; nothing else ever happens. */
class MutatedFileProperties {

    private static final byte[] VALID = RawSafetensors.bytes(
            "{\"__metadata__\":{\"format\":\"pt\"}," + tensor("model.layers.0.mixer.weight", "F8_E4M3", "[4,8]", 0, 32)
                    + "," + tensor("model.layers.0.mixer.weight_scale", "F32", "[]", 32, 36) + ","
                    + tensor("model.norm.weight", "BF16", "[8]", 36, 52) + "," + tensor("empty", "U8", "[0,3]", 52, 52)
                    + "," + tensor("packed", "F4", "[2,4]", 52, 56) + "}  ",
            56);
    private static final int HEADER =
            (int) ByteBuffer.wrap(VALID).order(ByteOrder.LITTLE_ENDIAN).getLong(0);

    private static Path file = Path.of("");

    @BeforeContainer
    static void makeFile() throws IOException {
        file = Files.createTempFile("mutated", ".safetensors");
    }

    @AfterContainer
    static void deleteFile() throws IOException {
        Files.deleteIfExists(file);
    }

    @Property(tries = 1000)
    void flippedBits(@ForAll @Size(min = 1, max = 4) int @Size(min = 1, max = 4) [] bits) {
        byte[] mutated = VALID.clone();
        for (int bit : bits) {
            int at = Math.floorMod(bit, (8 + HEADER) * 8);
            mutated[at / 8] ^= (byte) (1 << at % 8);
        }
        opensOrIsRefused(mutated);
    }

    @Property(tries = 200)
    void truncatedFiles(@ForAll @IntRange(max = 600) int length) {
        byte[] mutated = Arrays.copyOf(VALID, Math.min(length, VALID.length - 1));
        assertThat(opensOrIsRefused(mutated)).isFalse();
    }

    @Property(tries = 600)
    void bytesInsertedIntoTheHeader(@ForAll @IntRange(max = 600) int at, @ForAll @Size(max = 12) byte[] inserted) {
        opensOrIsRefused(splice(at, 0, inserted));
    }

    @Property(tries = 600)
    void bytesOfTheHeaderReplaced(
            @ForAll @IntRange(max = 600) int at, @ForAll @IntRange(max = 20) int removed, @ForAll long seed) {
        String alphabet = "{}[]\",:0123456789eE+-.\\u tfnNaIU8BF_\u0000\n";
        Random random = new Random(seed);
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(20); i > 0; i--) {
            text.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        opensOrIsRefused(splice(at, removed, text.toString().getBytes(StandardCharsets.UTF_8)));
    }

    @Property(tries = 400)
    void numbersOfTheHeaderReplaced(@ForAll @IntRange(max = 30) int which, @ForAll long number) {
        String header = new String(VALID, 8, HEADER, StandardCharsets.UTF_8);
        var matcher = Pattern.compile("\\d+").matcher(header);
        for (int i = 0; matcher.find(); i++) {
            if (i == which) {
                opensOrIsRefused(splice(
                        matcher.start(),
                        matcher.end() - matcher.start(),
                        Long.toString(number).getBytes(StandardCharsets.UTF_8)));
            }
        }
    }

    @Property(tries = 200)
    void anyBytesAtAll(@ForAll @Size(max = 400) byte[] bytes) {
        opensOrIsRefused(bytes);
    }

    @Property(tries = 200)
    void anyHeaderOfTheRightLength(@ForAll String header) {
        opensOrIsRefused(RawSafetensors.bytes(header, 8));
    }

    private static byte[] splice(int at, int removed, byte[] inserted) {
        int from = Math.min(at, HEADER);
        int to = Math.min(from + removed, HEADER);
        ByteBuffer header = ByteBuffer.allocate(HEADER + inserted.length);
        header.put(VALID, 8, from).put(inserted).put(VALID, 8 + to, HEADER - to);
        return RawSafetensors.bytes(Arrays.copyOf(header.array(), header.position()), VALID.length - 8 - HEADER);
    }

    private static boolean opensOrIsRefused(byte[] content) {
        return Assertions.assertTimeout(Duration.ofSeconds(5), () -> {
            Files.write(file, content);
            try (Arena arena = Arena.ofConfined()) {
                long sum = 0;
                for (Tensor tensor : SafetensorsFile.open(file, arena).tensors().values()) {
                    sum += tensor.data().byteSize();
                    assertThat(tensor.elementCount() * tensor.dtype().bits())
                            .isEqualTo(tensor.data().byteSize() * 8);
                }
                assertThat(sum).isLessThan(content.length);
                return true;
            } catch (ModelFormatException e) {
                assertThat(e).hasMessageContaining(file.toString());
                return false;
            }
        });
    }
}

package dev.nemotron.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class Utf8DecoderTest {

    @Property(tries = 5000)
    void damagedBytesDecodeAsTheJdkDecodesThem(@ForAll("bytes") List<Integer> values) {
        byte[] bytes = new byte[values.size()];
        Utf8Decoder decoder = new Utf8Decoder();
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = values.get(i).byteValue();
            decoder.accept(bytes[i]);
            text.append(decoder.take());
        }
        decoder.finish();
        assertThat(text.append(decoder.take()).toString()).isEqualTo(new String(bytes, StandardCharsets.UTF_8));
    }

    @Test
    void characterComesOutWithItsLastByte() {
        Utf8Decoder decoder = new Utf8Decoder();
        byte[] bytes = "\uD83D\uDC4D".getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < 3; i++) {
            decoder.accept(bytes[i]);
            assertThat(decoder.take()).isEmpty();
        }
        decoder.accept(bytes[3]);
        assertThat(decoder.take()).isEqualTo("\uD83D\uDC4D");
    }

    @Test
    void halfOfASurrogatePairIsAsManyErrorsAsItHasBytes() {
        // Here the JDK counts one error; the standard, and the reference library, count each byte.
        Utf8Decoder decoder = new Utf8Decoder();
        for (int b : new int[] {0xed, 0xa0, 0x80, 0xed, 0x9f, 0xbf}) {
            decoder.accept((byte) b);
        }
        assertThat(decoder.take()).isEqualTo("\ufffd\ufffd\ufffd\ud7ff");
    }

    /** Bytes on the borders of the table of well-formed sequences. */
    @Provide
    Arbitrary<List<Integer>> bytes() {
        return Arbitraries.of(
                        0x00, 0x41, 0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc0, 0xc1, 0xc2, 0xdf, 0xe0, 0xe1, 0xee,
                        0xef, 0xf0, 0xf1, 0xf4, 0xf5, 0xff)
                .list()
                .ofMaxSize(10);
    }
}

package dev.nemotron.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nemotron.OutputFormat;
import dev.nemotron.TestData;
import dev.nemotron.grammar.Grammar;
import dev.nemotron.grammar.TokenTrie;
import dev.nemotron.tokenizer.Tokenizer;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class GrammarCacheTest {

    private static final TokenTrie VOCABULARY = TokenTrie.of(Tokenizer.load(TestData.folder("checkpoints/latent-mtp")));

    private final GrammarCache cache = new GrammarCache(() -> VOCABULARY);

    private static Grammar any() {
        return Grammar.compile(OutputFormat.json(), VOCABULARY);
    }

    @Test
    void aFormThatTakesLongKeepsOnlyThoseWaitingWhoAskForIt() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch mayEnd = new CountDownLatch(1);
        AtomicInteger compiled = new AtomicInteger();
        try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
            Future<Grammar> first = threads.submit(() -> cache.cached("slow", () -> {
                begun.countDown();
                mayEnd.await();
                compiled.incrementAndGet();
                return any();
            }));
            begun.await();
            Future<Grammar> second = threads.submit(() -> cache.cached("slow", () -> {
                compiled.incrementAndGet();
                return any();
            }));
            assertThat(cache.cached("other", GrammarCacheTest::any)).isNotNull();
            mayEnd.countDown();
            assertThat(second.get()).isSameAs(first.get());
        }
        assertThat(compiled).hasValue(1);
    }

    @Test
    void aFormThatCannotBeCompiledIsNotRemembered() {
        assertThatThrownBy(() -> cache.of(OutputFormat.regex("(")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("regular expression");
        assertThat(cache.cached(OutputFormat.regex("("), GrammarCacheTest::any)).isNotNull();
    }
}

package dev.nemotron.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PeerTest {

    /** What llama-bench prints with -o json: one row for each test, of which some fields are left out here. */
    private static final String LLAMA_BENCH = """
            [
              {
                "build_commit": "unknown",
                "model_type": "nemotron_h_moe 31B.A3.5B NVFP4",
                "n_threads": 2,
                "n_prompt": 64,
                "n_gen": 0,
                "n_depth": 0,
                "avg_ns": 6400000000,
                "stddev_ns": 1000000,
                "avg_ts": SPEED.500000,
                "stddev_ts": 0.010000,
                "samples_ns": [ 6400000000, 6400000000 ],
                "samples_ts": [ 10.0, 10.0 ]
              },
              {
                "n_prompt": 0,
                "n_gen": 16,
                "n_depth": 0,
                "avg_ts": 4.000000
              },
              {
                "n_prompt": 64,
                "n_gen": 16,
                "n_depth": 0,
                "avg_ts": 1.000000
              },
              {
                "n_prompt": 0,
                "n_gen": 16,
                "n_depth": 8192,
                "avg_ts": 3.000000
              }
            ]
            """;

    @TempDir
    private Path folder;

    private static Result result(String test, double speed) {
        return new Result(test, 2, 1, 0, new Speed(speed, 0), 100, 0);
    }

    /** A program that notes that it ran, and is a little faster each time. */
    private String script() throws IOException {
        Path script = folder.resolve("peer.sh");
        Files.writeString(script, """
                #!/bin/sh
                echo run >> "$1"
                echo 'loading' >&2
                n=$(wc -l < "$1")
                sed "s/SPEED/$((9 + n))/" <<'END'
                """ + LLAMA_BENCH + "END\n");
        return "sh '" + script + "' '" + folder.resolve("runs") + "'";
    }

    @Test
    void runsTheCommandAtEachTurnAndTakesTheMediansOfBoth() throws IOException {
        Peer peer = new Peer(script(), 64, 2);
        for (double ours : new double[] {20, 23, 26}) {
            peer.add(List.of(result("prefill", ours), result("decode", ours / 2), result("generate", 1)));
        }

        Comparison comparison = peer.comparison();

        assertThat(comparison.remarks()).isEmpty();
        assertThat(Files.readAllLines(folder.resolve("runs"))).hasSize(3);
        assertThat(comparison.lines()).extracting(Comparison.Line::test).containsExactly("decode", "prefill");
        Comparison.Line decode = comparison.lines().getFirst();
        assertThat(decode.ratio()).isEqualTo(11.5 / 4);
        Comparison.Line prefill = comparison.lines().getLast();
        assertThat(prefill.peer().tokensPerSecond()).isEqualTo(11.5);
        assertThat(prefill.ratio()).isEqualTo(2);
    }

    @Test
    void takesTheFirstRowOfEachTestFromTheJsonOfLlamaBench() throws IOException {
        assertThat(new Peer("llama-bench", 64, 2).parse(LLAMA_BENCH.replace("SPEED", "10")))
                .isEqualTo(Map.of("prefill", 10.5, "decode", 4.0));
    }

    @Test
    void saysWhenTheTwoDidNotDoTheSame() throws IOException {
        Peer peer = new Peer("llama-bench", 512, 1);
        peer.parse(LLAMA_BENCH.replace("SPEED", "10"));

        assertThat(peer.comparison().remarks())
                .containsExactly(
                        "not alike: the peer had 2 threads, we 1",
                        "not alike: the peer had 64 tokens in a prompt, we 512");
    }

    @Test
    void aCommandThatFailsIsNamed() {
        assertThatThrownBy(() -> new Peer("exit 3", 1, 1).add(List.of()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("\"exit 3\" ended with code 3");
    }
}

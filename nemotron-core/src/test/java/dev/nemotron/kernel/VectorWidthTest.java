package dev.nemotron.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nemotron.spi.ScanShape;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The SIMD kernels in narrower vectors than this machine's. */
class VectorWidthTest {

    @ParameterizedTest
    @CsvSource({"16, 128", "32, 256", "64, 512"})
    void kernelsAreRightInVectorsOfAnyWidth(int bytes, int bits) throws Exception {
        if (KernelSelection.vector().kernels().widthBits() < bits) {
            return;
        }
        Process probe = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--add-modules",
                        "jdk.incubator.vector",
                        "-XX:MaxVectorSize=" + bytes,
                        "-cp",
                        classPath(),
                        Probe.class.getName())
                .redirectErrorStream(true)
                .start();
        String output = new String(probe.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(probe.waitFor(2, TimeUnit.MINUTES)).isTrue();
        assertThat(output).contains("all right at " + bits + " bits");
    }

    /** The classes of this test run, whether they came by class path or by module path. */
    private static String classPath() throws IOException, URISyntaxException {
        List<String> entries = new ArrayList<>();
        for (Class<?> type : List.of(VectorWidthTest.class, Kernels.class)) {
            String name = type.getName().replace('.', '/') + ".class";
            URL url = Objects.requireNonNull(type.getResource("/" + name));
            String path = Path.of(url.toURI()).toString();
            entries.add(path.substring(0, path.length() - name.length()));
        }
        Stream.of("java.class.path", "jdk.module.path")
                .map(System::getProperty)
                .filter(Objects::nonNull)
                .forEach(entries::add);
        return String.join(File.pathSeparator, entries);
    }

    /** Runs the other tests of the kernels without a test engine. */
    static final class Probe {

        private Probe() {}

        public static void main(String[] arguments) {
            Kernels kernels = KernelSelection.vector().kernels();
            for (int size : KernelSets.SIZES) {
                elementwise(kernels, size);
                for (TestFormat format : TestFormat.values()) {
                    products(new MatrixTest.Product(kernels, false), format, size);
                    products(new MatrixTest.Product(kernels, true), format, size);
                }
            }
            cases(ConvolutionTest.cases()).forEach(shape -> {
                new ConvolutionTest().bothKernelSetsGiveTheSameBits(kernels, (ScanShape) shape);
                new ConvolutionTest().tokensTogetherOrOneByOneGiveTheSameBits(kernels, (ScanShape) shape);
            });
            cases(ScanTest.cases()).forEach(shape -> {
                new ScanTest().statesAndOutputsFollowTheRecurrence(kernels, (ScanShape) shape);
                new ScanTest().bothKernelSetsKeepTheSameState(kernels, (ScanShape) shape);
            });
            cases(AttentionTest.cases()).forEach(c -> {
                new AttentionTest().attentionIsASoftmaxOfScoresOverValues(kernels, (AttentionTest.Case) c);
                new AttentionTest().whatLiesBehindThePrefixDoesNotMatter(kernels, (AttentionTest.Case) c);
            });
            System.out.println("all right at " + kernels.widthBits() + " bits");
        }

        private static void products(MatrixTest.Product product, TestFormat format, int size) {
            new MatrixTest().productsFollowTheFormula(product, format, size);
            new MatrixTest().anyNumberOfInputsAndAnySplitOfTheRowsGiveTheSameBits(product, format, size);
        }

        private static void elementwise(Kernels kernels, int size) {
            new ElementwiseTest().squaredReluKeepsTheSquareOfPositivesOnly(kernels, size);
            new ElementwiseTest().additionRoundsOnce(kernels, size);
            new ElementwiseTest().scaledAdditionRoundsOnce(kernels, size);
            new NormTest().rowsAreDividedByTheirRootMeanSquare(kernels, size);
            new NormTest().theGateComesBeforeTheNormOfEachGroup(kernels, size);
            new NormTest().anySplitOfTheRowsAndWorkingInPlaceGiveTheSameBits(kernels, size);
        }

        private static Stream<Object> cases(Stream<org.junit.jupiter.params.provider.Arguments> cases) {
            return cases.map(c -> c.get()[1]).distinct();
        }
    }
}

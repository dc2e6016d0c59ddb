package dev.nemotron.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.nemotron.spi.ScanShape;
import dev.nemotron.spi.Scratch;
import dev.nemotron.spi.StoredMatrix;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.management.ManagementFactory;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A boxed vector is an allocation, so this also tells whether the compiler took a kernel. */
class AllocationTest {

    private static final int WARM_UP_SECONDS = 120;

    @ParameterizedTest
    @MethodSource("dev.nemotron.kernel.KernelSets#both")
    void warmKernelsAllocateNothingAndGiveTheBitsOfColdOnes(Kernels kernels) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        operations(kernels).forEach((name, operation) -> {
            operation.run.run();
            float[] cold = Floats.array(operation.out);
            long deadline = System.nanoTime() + WARM_UP_SECONDS * 1_000_000_000L;
            long allocated;
            do {
                long before = threads.getCurrentThreadAllocatedBytes();
                for (int i = 0; i < 200; i++) {
                    operation.run.run();
                }
                allocated = threads.getCurrentThreadAllocatedBytes() - before;
            } while (allocated > 0 && System.nanoTime() < deadline);
            assertThat(allocated).as(name).isZero();
            assertThat(Floats.array(operation.out)).as(name).isEqualTo(cold);
        });
    }

    /** Something that always computes the same result. */
    private record Operation(MemorySegment out, Runnable run) {}

    private static Map<String, Operation> operations(Kernels k) {
        int width = 135;
        MemorySegment a = Floats.random(1, 8L * width);
        MemorySegment b = Floats.random(2, 8L * width);
        MemorySegment out = Floats.zeros(16L * width);
        Map<String, Operation> operations = new LinkedHashMap<>();
        operations.put("rmsNorm", new Operation(out, () -> k.rmsNorm(a, b, 1e-5f, width, 0, 8, out)));
        operations.put(
                "gatedGroupNorm",
                new Operation(out, () -> k.gatedGroupNorm(a, b, width, b, 1e-5f, width, 3, 0, 8, out)));
        MemorySegment zeros = Floats.zeros(8L * width);
        operations.put("squaredRelu", new Operation(zeros, () -> k.squaredRelu(zeros, 0, 8 * width)));
        operations.put("add", new Operation(b, () -> k.add(zeros, b, 0, 8 * width)));
        operations.put("addScaled", new Operation(b, () -> k.addScaled(3f, zeros, 0, b, 0, 8 * width)));
        for (TestFormat format : TestFormat.values()) {
            StoredMatrix matrix = format.store(Floats.random(3, 16L * 128), 16, 128);
            Scratch scratch = new Scratch(Floats.zeros(k.multiplyScratch(matrix)));
            operations.put(
                    "multiply one " + format,
                    new Operation(out, () -> k.multiply(matrix, 0, 16, a, 0, 1, out, 0, 16, scratch)));
            operations.put(
                    "multiply seven " + format,
                    new Operation(out, () -> k.multiply(matrix, 0, 16, a, 0, 7, out, 0, 16, scratch)));
            MemorySegment prompt = Floats.random(5, 14L * 128);
            MemorySegment answers = Floats.zeros(14L * 16);
            operations.put(
                    "multiply fourteen " + format,
                    new Operation(answers, () -> k.multiply(matrix, 0, 16, prompt, 0, 14, answers, 0, 16, scratch)));
            operations.put(
                    "multiply a prompt of fourteen " + format,
                    new Operation(
                            answers, () -> k.multiplyPrompt(matrix, 0, 16, prompt, 0, 14, answers, 0, 16, scratch)));
            operations.put("decodeRow " + format, new Operation(out, () -> k.decodeRow(matrix, 3, out, 0, scratch)));
        }
        addSequenceOperations(k, operations);
        return operations;
    }

    private static void addSequenceOperations(Kernels k, Map<String, Operation> operations) {
        ScanShape shape = new ScanShape(2, 81, 1, 24, 4);
        int channels = shape.convChannels();
        MemorySegment in = Floats.random(4, 5L * channels);
        MemorySegment out = Floats.zeros(5L * channels);
        operations.put(
                "convolve",
                new Operation(out, () -> k.convolve(shape, in, 0, channels, 5, in, in, in, out, 0, 0, channels)));
        MemorySegment never = Floats.of(-1e9f, -1e9f);
        MemorySegment state = Floats.zeros((long) shape.innerWidth() * shape.stateSize());
        MemorySegment steps = Floats.random(5, 10, Math::abs);
        operations.put(
                "scan", new Operation(out, () -> k.scan(shape, in, 0, steps, 0, 5, never, never, state, out, 0, 0, 2)));
        for (KvPages.Type type : KvPages.Type.values()) {
            KvPages empty = new KvPages(List.of(), type, 1, 72);
            KvPages pages = new KvPages(List.of(Arena.ofAuto().allocate(empty.pageBytes(), 64)), type, 1, 72);
            operations.put("append " + type, new Operation(out, () -> k.append(in, in, 3, pages, 77)));
            Scratch scratch = new Scratch(Floats.zeros(k.attendScratch(5, 72)));
            operations.put(
                    "attend " + type, new Operation(out, () -> k.attend(in, 0, pages, 0, 5, 100, 0.1f, out, scratch)));
        }
    }
}

package dev.nemotron.engine;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The memory of this machine, or of the container that this JVM runs in.
 *
 * @param total in bytes
 * @param available what can be had without paging, in bytes: the page cache counts, since it is given back
 */
record MachineMemory(long total, long available) {

    private static final Path LINUX = Path.of("/proc/meminfo");

    static MachineMemory now() {
        long total = Long.MAX_VALUE;
        long free = Long.MAX_VALUE;
        if (ManagementFactory.getOperatingSystemMXBean() instanceof com.sun.management.OperatingSystemMXBean system) {
            total = system.getTotalMemorySize();
            free = system.getFreeMemorySize();
        }
        long available = linuxAvailable();
        return new MachineMemory(total, Math.min(total, available > 0 ? available : free));
    }

    /** What the kernel itself estimates, or 0 where it does not say. */
    private static long linuxAvailable() {
        if (!Files.isReadable(LINUX)) {
            return 0;
        }
        try {
            for (String line : Files.readAllLines(LINUX)) {
                if (line.startsWith("MemAvailable:")) {
                    return Long.parseLong(line.replaceAll("\\D", "")) << 10;
                }
            }
        } catch (IOException | NumberFormatException e) {
            // An estimate that cannot be had is no reason to refuse a model; the JVM's own figure serves.
            return 0;
        }
        return 0;
    }
}

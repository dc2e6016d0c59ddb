/** Writes folders in the shapes of published models, and measures speed against the limits of the machine. */
module dev.nemotron.bench {
    requires static transitive org.jspecify;
    requires dev.nemotron.core;
    requires info.picocli;
    requires jdk.incubator.vector;
    requires jdk.management;

    exports dev.nemotron.bench;
    exports dev.nemotron.bench.synth;

    opens dev.nemotron.bench to
            info.picocli;
}

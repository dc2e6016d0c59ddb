/** A small trained Nemotron model in a jar. */
module dev.nemotron.tiny {
    requires static org.jspecify;

    exports dev.nemotron.tiny;
}

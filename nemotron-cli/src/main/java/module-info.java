/** The {@code nemotron} command. */
module dev.nemotron.cli {
    requires static org.jspecify;
    requires dev.nemotron.bench;
    requires dev.nemotron.core;
    requires dev.nemotron.tiny;
    requires info.picocli;
    requires java.logging;
    requires jdk.unsupported;
    requires org.jline.reader;
    requires org.jline.terminal;
    requires tools.jackson.core;

    opens dev.nemotron.cli to
            info.picocli;
}

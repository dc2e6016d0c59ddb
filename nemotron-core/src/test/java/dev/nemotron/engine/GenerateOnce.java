package dev.nemotron.engine;

import dev.nemotron.GenerationRequest;
import dev.nemotron.Model;
import java.nio.file.Path;
import java.util.List;

/** Generates three tokens and says whether Flight Recorder is there. */
final class GenerateOnce {

    private GenerateOnce() {}

    public static void main(String[] arguments) {
        GenerationRequest request = GenerationRequest.tokens(List.of(5, 6, 7))
                .ignoreEndTokens(true)
                .maxTokens(3)
                .build();
        try (Model model = Model.load(Path.of(arguments[0]))) {
            int tokens = model.generate(request).ids().size();
            boolean present = ModuleLayer.boot().findModule("jdk.jfr").isPresent();
            System.out.println("jdk.jfr " + (present ? "present" : "absent") + ", " + tokens + " tokens");
        }
    }
}

package dev.nemotron.engine;

import dev.nemotron.GenerationRequest;
import dev.nemotron.Model;
import dev.nemotron.ModelFormatException;
import dev.nemotron.ModelOptions;
import dev.nemotron.Sampling;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/** Generates until the kernels are compiled, cuts the weight file or the prepared one short, and generates again. */
final class GenerateFromCutFile {

    private GenerateFromCutFile() {}

    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[0]);
        Path cut = folder.resolve(arguments[1]);
        GenerationRequest request = GenerationRequest.tokens(List.of(5, 6, 7))
                .sampling(Sampling.GREEDY)
                .ignoreEndTokens(true)
                .maxTokens(300)
                .build();
        try (Model model = Model.load(folder, ModelOptions.builder().threads(2).build())) {
            model.generate(request);
            try (FileChannel file = FileChannel.open(cut, StandardOpenOption.WRITE)) {
                file.truncate(4096);
            }
            try {
                model.generate(request);
                System.out.println("generated from a file that is not there");
            } catch (ModelFormatException e) {
                System.out.println(e.getMessage());
            }
        }
    }
}

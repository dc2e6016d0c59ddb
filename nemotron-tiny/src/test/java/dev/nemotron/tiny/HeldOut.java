package dev.nemotron.tiny;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * A prompt that the model has not seen in training, with the turn that is wanted. The training script writes them with the
 * answers that the model gave there.
 *
 * @param task the kind of task
 * @param request the conversation, as a request of OpenAI's chat API
 * @param thinking whether the model may reason first
 * @param prompt the tokens of the prompt
 * @param expected what must follow the reasoning
 * @param reference the tokens that the training script's own implementation generated
 */
record HeldOut(
        String task, String request, boolean thinking, List<Integer> prompt, String expected, List<Integer> reference) {

    private static final String FILE = "testdata/training/heldout.jsonl";
    private static final JsonFactory JSON = new JsonFactory();

    /** The task with the mode, as the floors name it. */
    String cell() {
        return task + (thinking ? ".thinking" : ".direct");
    }

    static List<HeldOut> all() throws IOException {
        try (Stream<String> lines = Files.lines(file())) {
            return lines.filter(line -> !line.isBlank()).map(HeldOut::parse).toList();
        }
    }

    private static Path file() throws IOException {
        for (Path folder = Path.of("").toRealPath(); folder != null; folder = folder.getParent()) {
            if (Files.exists(folder.resolve(FILE))) {
                return folder.resolve(FILE);
            }
        }
        throw new IOException("no " + FILE + " above the working directory; evaluate.py --heldout writes it");
    }

    private static HeldOut parse(String line) {
        String task = "";
        String expected = "";
        boolean thinking = true;
        List<Integer> prompt = List.of();
        List<Integer> reference = List.of();
        try (JsonParser json = JSON.createParser(ObjectReadContext.empty(), line)) {
            json.nextToken();
            while (json.nextToken() == JsonToken.PROPERTY_NAME) {
                String key = json.currentName();
                json.nextToken();
                switch (key) {
                    case "task" -> task = json.getString();
                    case "expected" -> expected = json.getString();
                    case "enable_thinking" -> thinking = json.getBooleanValue();
                    case "prompt_ids" -> prompt = integers(json);
                    case "output_ids" -> reference = integers(json);
                    default -> json.skipChildren();
                }
            }
        }
        String request = "{\"chat_template_kwargs\": {\"enable_thinking\": " + thinking + "}, " + line.substring(1);
        return new HeldOut(task, request, thinking, prompt, expected, reference);
    }

    private static List<Integer> integers(JsonParser json) {
        List<Integer> values = new ArrayList<>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
            values.add(json.getIntValue());
        }
        return values;
    }
}

package dev.nemotron.examples;

import dev.nemotron.ChatMessage;
import dev.nemotron.ChatRequest;
import dev.nemotron.Model;
import dev.nemotron.Tool;
import dev.nemotron.ToolCall;
import dev.nemotron.ToolLoop;
import dev.nemotron.tiny.TinyModel;
import java.util.List;
import java.util.Map;

/** Lets the model call Java code: it asks for the weather, is told it, and answers. */
public final class UseTools {

    private static final Tool WEATHER = Tool.of(
            "get_weather",
            "Get the weather",
            Map.of(
                    "type", "object",
                    "properties", Map.of("city", Map.of("type", "string", "description", "City name")),
                    "required", List.of("city")));

    private UseTools() {}

    /**
     * Asks for the weather.
     *
     * @param args none
     */
    public static void main(String... args) {
        try (Model model = Model.load(TinyModel.path())) {
            ToolLoop loop = ToolLoop.builder(model)
                    .tool(WEATHER, UseTools::weather)
                    .listener(new ToolLoop.Listener() {
                        @Override
                        public void called(int round, ToolCall call, String result, boolean failed) {
                            System.out.println(call.name() + call.arguments() + " -> " + result);
                        }
                    })
                    .build();
            ChatRequest question = ChatRequest.of(ChatMessage.user("Please get the weather in Oslo."))
                    .build();
            System.out.println(loop.run(question).answer().text());
        }
    }

    /** Stands for a service of your own. */
    private static String weather(ToolCall call) {
        return "{\"temperature\": 17}";
    }
}

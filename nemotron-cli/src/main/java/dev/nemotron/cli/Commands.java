package dev.nemotron.cli;

import dev.nemotron.ChatRequest;
import dev.nemotron.Model;
import dev.nemotron.Reasoning;
import dev.nemotron.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The words that begin with a slash and steer a conversation. What they tell goes to standard error. For one thread. */
final class Commands {

    /** All commands that have a line of help. */
    static final List<String> WORDS = List.of(
            "/help",
            "/think",
            "/nothink",
            "/budget",
            "/reasoning",
            "/tools",
            "/system",
            "/reset",
            "/save",
            "/stats",
            "/exit");

    private static final String HELP = """
            /think, /nothink      reason before answering, or answer at once
            /budget N             end the reasoning after about N tokens; off: no limit
            /reasoning show|hide  whether the reasoning is shown
            /tools FILE           tools for the model, a list as in OpenAI's API; off: none
            /system TEXT          instructions for the model; without TEXT none
            /reset                begin anew; instructions, tools and settings stay
            /save FILE            write the conversation as a request for chat --request
            /stats                tokens, pace, memory
            /exit                 leave, as Ctrl-D does
            //TEXT                a message that begins with /
            Pasted lines are one message; Alt-Enter begins a new line.""";

    private final Model model;
    private final Conversation conversation;
    private final Answering answering;
    private final Terminal terminal;

    /**
     * Steers a conversation.
     *
     * @param model who answers
     * @param conversation what is steered
     * @param answering how answers are shown
     * @param terminal where commands tell what they have to
     */
    Commands(Model model, Conversation conversation, Answering answering, Terminal terminal) {
        this.model = model;
        this.conversation = conversation;
        this.answering = answering;
        this.terminal = terminal;
    }

    /** Tells a command from a message. */
    static boolean isCommand(String line) {
        return line.startsWith("/") && !line.startsWith("//");
    }

    /**
     * Does what a command says.
     *
     * @param line the command
     * @return false to leave
     * @throws IllegalArgumentException if there is no such command, or it cannot do with what follows it
     */
    boolean follow(String line) {
        String[] words = line.split("\\s+", 2);
        String command = words[0];
        String rest = words.length == 1 ? "" : words[1].strip();
        switch (command) {
            case "/help" -> terminal.note(HELP);
            case "/think" -> think(Reasoning.Mode.ON);
            case "/nothink" -> think(Reasoning.Mode.OFF);
            case "/budget" -> budget(rest);
            case "/reasoning" -> reasoning(rest);
            case "/tools" -> tools(rest);
            case "/system" -> system(rest);
            case "/reset", "/clear" -> reset();
            case "/save" -> save(rest);
            case "/stats" -> answering.tally().lines(model.plan()).forEach(terminal::note);
            case "/exit", "/quit" -> {
                return false;
            }
            default ->
                throw new IllegalArgumentException(
                        "there is no command " + command + "; /help lists them, // begins a message with /");
        }
        return true;
    }

    private void think(Reasoning.Mode mode) {
        conversation.think(mode);
        terminal.note(mode == Reasoning.Mode.ON ? "reasons before answering" : "answers at once");
    }

    private void budget(String rest) {
        if (rest.equals("off")) {
            conversation.budget(null);
            terminal.note("no limit of reasoning");
            return;
        }
        int tokens;
        try {
            tokens = Integer.parseInt(rest);
        } catch (NumberFormatException e) {
            tokens = -1;
        }
        if (tokens < 0) {
            throw new IllegalArgumentException("/budget takes a number of tokens, 0 or more, or off");
        }
        conversation.budget(new Reasoning.Budget(tokens, Reasoning.Budget.DEFAULT_GRACE));
        terminal.note("reasoning ends with the line in which it reaches " + tokens + " tokens");
    }

    private void reasoning(String rest) {
        switch (rest) {
            case "show" -> answering.showReasoning(true);
            case "hide" -> answering.showReasoning(false);
            default -> throw new IllegalArgumentException("/reasoning takes show or hide");
        }
        terminal.note(rest.equals("show") ? "reasoning is shown" : "reasoning is hidden");
    }

    private void tools(String rest) {
        if (rest.equals("off")) {
            conversation.tools(List.of());
            terminal.note("no tools");
            return;
        }
        List<Tool> tools = read(path("/tools", rest));
        conversation.tools(tools);
        terminal.note(
                "tools: " + String.join(", ", tools.stream().map(Tool::name).toList())
                        + "; the result of a call is what you type");
    }

    /** Reads declarations as they stand in a request. */
    private List<Tool> read(Path file) {
        String text = new InputFile("/tools", file.toString(), terminal).text().strip();
        if (!text.startsWith("[")) {
            throw new IllegalArgumentException("/tools " + file + ": expected a JSON list of tool declarations");
        }
        String request = "{\"messages\": [{\"role\": \"user\", \"content\": \"\"}], \"tools\": " + text + "}";
        List<Tool> tools = ChatRequest.fromTrustedJson(request, false).tools();
        if (tools.isEmpty()) {
            throw new IllegalArgumentException("/tools " + file + ": the list is empty; /tools off takes tools away");
        }
        return tools;
    }

    private void system(String rest) {
        conversation.system(rest.isEmpty() ? null : rest);
        terminal.note(rest.isEmpty() ? "no instructions any more" : "instructions changed");
    }

    private void reset() {
        conversation.reset();
        answering.forget();
        terminal.note("begun anew");
    }

    private void save(String rest) {
        Path file = path("/save", rest);
        int turns = conversation.messages().size();
        if (turns == 0) {
            throw new IllegalArgumentException("/save: nothing has been said yet");
        }
        try {
            Files.writeString(file, JsonOutput.text(conversation.request()) + "\n");
        } catch (IOException e) {
            throw new IllegalArgumentException("/save: cannot write " + file + " (" + e + ")", e);
        }
        terminal.note(turns + (turns == 1 ? " message" : " messages") + " in " + file);
    }

    /** A file as a shell would take it. */
    private static Path path(String command, String name) {
        if (name.isEmpty()) {
            throw new IllegalArgumentException(command + " takes a file");
        }
        return name.startsWith("~/") ? Path.of(System.getProperty("user.home"), name.substring(2)) : Path.of(name);
    }
}

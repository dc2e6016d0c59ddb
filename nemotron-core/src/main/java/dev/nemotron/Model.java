package dev.nemotron;

import dev.nemotron.engine.LoadedModel;
import dev.nemotron.engine.ModelFacts;
import dev.nemotron.engine.PreparedModel;
import dev.nemotron.json.Json;
import dev.nemotron.schema.JsonSchemas;
import dev.nemotron.schema.RecordReader;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.DoubleConsumer;

/**
 * A language model, running in this JVM.
 *
 * {@snippet lang = java:
 * try (Model model = Model.load(Path.of("NVIDIA-Nemotron-3-Nano-30B-A3B-NVFP4"))) {
 *     String answer = model.chat(List.of(ChatMessage.user("Why is the sky blue?"))).text();
 * }
 * }
 *
 * <p>Thread-safe: any number of threads may generate at once. Their answers are computed together, and each is the same, bit
 * for bit, as if it were computed alone. The weights are mapped, not copied; a model is loaded once and shared.
 *
 * <p>{@link #close} cancels what is being generated and frees everything; methods called afterwards throw
 * {@link IllegalStateException}.
 */
public final class Model implements AutoCloseable {

    private final LoadedModel loaded;

    private Model(LoadedModel loaded) {
        this.loaded = loaded;
    }

    /**
     * Loads a model with {@link ModelOptions#DEFAULT}.
     *
     * @param folder the folder as published: {@code config.json}, safetensors files, tokenizer and templates
     * @return the model
     * @throws ModelFormatException if a file is missing or damaged, or contradicts another one
     * @throws UnsupportedModelException if it is a model that this library does not run
     * @throws InsufficientMemoryException if it cannot fit into this machine
     */
    public static Model load(Path folder) {
        return load(folder, ModelOptions.DEFAULT);
    }

    /**
     * Loads a model.
     *
     * @param folder the folder as published: {@code config.json}, safetensors files, tokenizer and templates
     * @param options how to load it
     * @return the model
     * @throws ModelFormatException if a file is missing or damaged, or contradicts another one
     * @throws UnsupportedModelException if it is a model that this library does not run
     * @throws InsufficientMemoryException if it cannot fit into this machine
     * @throws BackendUnavailableException if the backend that the options ask for cannot run here
     */
    public static Model load(Path folder, ModelOptions options) {
        return new Model(LoadedModel.load(Objects.requireNonNull(folder), Objects.requireNonNull(options)));
    }

    /**
     * Writes the weights once more, laid out as the kernels like them, without loss: {@link ModelOptions#PREPARED_FILE} in
     * the model's folder, which {@link #load} then maps. Worth it for NVFP4, whose answers it makes faster; other formats
     * run at full speed from the folder as it is. It takes about as much disk space as the NVFP4 weights.
     *
     * @param folder the folder as published
     * @return the file
     * @throws ModelFormatException if a file is missing or damaged
     * @throws IllegalArgumentException if the folder has no NVFP4 weights
     * @throws java.io.UncheckedIOException if the file cannot be written; nothing is left behind then
     */
    public static Path prepare(Path folder) {
        return prepare(folder, folder.resolve(ModelOptions.PREPARED_FILE), fraction -> {});
    }

    /**
     * Writes the weights once more, as {@link #prepare(Path)} does.
     *
     * @param folder the folder as published
     * @param file where to; {@link ModelOptions.Builder#preparedFile} names it when the model is loaded
     * @param progress hears the fraction that is written, from 0 to 1, on the calling thread; an exception of it ends the
     *     writing
     * @return the file
     * @throws ModelFormatException if a file is missing or damaged
     * @throws IllegalArgumentException if the folder has no NVFP4 weights, or the file is a folder, lies in none, or is there
     *     already and is no prepared file
     * @throws java.io.UncheckedIOException if the file cannot be written, or the thread is interrupted; nothing is left behind
     *     then
     */
    public static Path prepare(Path folder, Path file, DoubleConsumer progress) {
        PreparedModel.write(Objects.requireNonNull(folder), Objects.requireNonNull(file), progress);
        return file;
    }

    /**
     * Plans without loading: reads the folder's headers, not its weights.
     *
     * @param folder the folder as published
     * @param options how the model would be loaded
     * @return what it would need, and what there is
     * @throws ModelFormatException if a file is missing or damaged, or contradicts another one
     * @throws UnsupportedModelException if it is a model that this library does not run
     */
    public static MemoryPlan plan(Path folder, ModelOptions options) {
        return LoadedModel.plan(Objects.requireNonNull(folder), Objects.requireNonNull(options));
    }

    /**
     * Tells what a folder holds without loading it, however large it is: reads the configuration and the headers of the weight
     * files, and checks that every tensor is there in the right shape. A folder that has no weight files at all is described
     * from its configuration alone.
     *
     * @param folder the folder as published
     * @return what the model is
     * @throws ModelFormatException if a file is missing or damaged, or contradicts another one
     * @throws UnsupportedModelException if it is a model that this library does not run
     */
    public static ModelInfo inspect(Path folder) {
        return ModelFacts.inspect(Objects.requireNonNull(folder));
    }

    /**
     * What the model needs, and what there was when it was loaded.
     *
     * @return the plan
     */
    public MemoryPlan plan() {
        return loaded.plan();
    }

    /**
     * What the model is.
     *
     * @return the facts
     */
    public ModelInfo info() {
        return loaded.info();
    }

    /**
     * How tokens are drawn when a request does not say.
     *
     * @return what the folder's {@code generation_config.json} says; plain sampling where it says nothing
     */
    public Sampling defaultSampling() {
        return loaded.defaultSampling();
    }

    /**
     * Where the model computes, and why there.
     *
     * @return the backend
     */
    public BackendReport backend() {
        return loaded.backend();
    }

    /**
     * Continues text, as a base model does; for questions see {@link #chat}.
     *
     * @param text the beginning
     * @return the continuation
     * @throws ModelFormatException if the folder has no tokenizer
     * @throws GenerationCancelledException if the thread is interrupted
     */
    public GenerationResult generate(String text) {
        return generate(GenerationRequest.text(text).build());
    }

    /**
     * Generates.
     *
     * @param request what to generate
     * @return everything that was generated
     * @throws IllegalArgumentException if the prompt is empty, longer than the context, or has tokens that do not exist
     * @throws ModelFormatException if the request needs a tokenizer that the folder does not have
     * @throws GenerationCancelledException if the thread is interrupted
     */
    public GenerationResult generate(GenerationRequest request) {
        try (Generation generation = stream(request)) {
            return generation.result();
        }
    }

    /**
     * Answers a conversation, with the model's own chat template and sampling.
     *
     * @param messages the turns so far
     * @return the answer
     * @throws ModelFormatException if the folder has no tokenizer or no chat template
     * @throws TemplateException if the chat template refuses the conversation
     * @throws GenerationCancelledException if the thread is interrupted
     */
    public ChatResult chat(List<ChatMessage> messages) {
        return chat(ChatRequest.of(messages).build());
    }

    /**
     * Answers a conversation.
     *
     * @param request the conversation
     * @return the answer
     * @throws IllegalArgumentException if the conversation is longer than the context
     * @throws InvalidRequestException if it has no messages, or asks for what this model cannot do
     * @throws ModelFormatException if the folder has no tokenizer or no chat template
     * @throws TemplateException if the chat template refuses the conversation
     * @throws GenerationCancelledException if the thread is interrupted
     */
    public ChatResult chat(ChatRequest request) {
        try (ChatStream answer = stream(request)) {
            return answer.result();
        }
    }

    /**
     * Answers a conversation with a Java value: the answer is JSON after the schema of a record, and cannot be anything else.
     *
     * {@snippet lang = java:
     * record Person(String name, int age) {}
     *
     * Person person = model.answer(request, Person.class).value();
     * }
     *
     * @param <T> the type
     * @param request the conversation, without an output format
     * @param type a record; its components are strings, numbers, truth values, enums, dates, collections, optionals and records
     * @return the value
     * @throws IllegalArgumentException if the type cannot be told by a schema, or its constructor refuses the values
     * @throws InvalidRequestException if the request has an output format, or as {@link #chat(ChatRequest)} does
     * @throws GenerationCancelledException if the thread is interrupted
     */
    public <T> Answer<T> answer(ChatRequest request, Class<T> type) {
        if (request.outputFormat() != null) {
            throw new InvalidRequestException("output format", "comes from the type " + type.getName() + " here");
        }
        OutputFormat format = new OutputFormat.JsonSchema(JsonSchemas.of(type));
        ChatResult result = chat(request.toBuilder().outputFormat(format).build());
        return new Answer<>(RecordReader.read(Json.parse(result.text(), "answer"), type), result);
    }

    /**
     * Answers a conversation, piece by piece.
     *
     * @param request the conversation
     * @return the answer in progress; close it to end it early
     * @throws IllegalArgumentException if the conversation is longer than the context
     * @throws InvalidRequestException if it has no messages, or asks for what this model cannot do
     * @throws ModelFormatException if the folder has no tokenizer or no chat template
     * @throws TemplateException if the chat template refuses the conversation
     */
    public ChatStream stream(ChatRequest request) {
        return loaded.stream(Objects.requireNonNull(request));
    }

    /**
     * Begins a conversation that remembers.
     *
     * @param settings how turns are answered; its messages begin the conversation
     * @return the session; close it to give its memory back
     */
    public ChatSession session(ChatRequest settings) {
        return new ChatSession(loaded.session(), Objects.requireNonNull(settings));
    }

    /**
     * Generates, piece by piece.
     *
     * @param request what to generate
     * @return the answer in progress; close it to end it early
     * @throws IllegalArgumentException if the prompt is empty, longer than the context, or has tokens that do not exist
     * @throws ModelFormatException if the request needs a tokenizer that the folder does not have
     */
    public Generation stream(GenerationRequest request) {
        return loaded.stream(Objects.requireNonNull(request));
    }

    /**
     * Turns text into tokens.
     *
     * @param text the text; control tokens in it are recognised
     * @param addSpecialTokens whether to add what the tokenizer adds by itself, such as a begin token
     * @return the token ids
     * @throws ModelFormatException if the folder has no tokenizer
     */
    public List<Integer> tokenize(String text, boolean addSpecialTokens) {
        int[] ids = loaded.text().requireTokenizer("text").encode(text, addSpecialTokens);
        return Arrays.stream(ids).boxed().toList();
    }

    /**
     * Turns tokens into text.
     *
     * @param ids the token ids
     * @param skipSpecialTokens whether to leave out control tokens
     * @return the text; U+FFFD stands for pieces of characters
     * @throws ModelFormatException if the folder has no tokenizer
     * @throws IllegalArgumentException if a token does not exist
     */
    public String detokenize(List<Integer> ids, boolean skipSpecialTokens) {
        int[] tokens = ids.stream().mapToInt(Integer::intValue).toArray();
        return loaded.text().requireTokenizer("text").decode(tokens, skipSpecialTokens);
    }

    /**
     * Renders a conversation as the model is given it.
     *
     * @param request the conversation
     * @return the text of the prompt
     * @throws ModelFormatException if the folder has no chat template
     * @throws TemplateException if the chat template refuses the conversation
     * @throws InvalidRequestException if the template has no way to do what is asked for
     */
    public String render(ChatRequest request) {
        return loaded.text().render(request);
    }

    /**
     * Computes raw scores, for evaluation and for comparison with other implementations.
     *
     * @param ids the sequence
     * @param positions the positions after which the scores are wanted, from 0
     * @param drafts how many recursive steps of the draft head follow the last position: the first is fed the greedy next
     *     token, each further one the greedy token of the step before
     * @return the scores
     * @throws IllegalArgumentException if a token or position does not exist, or drafts are wanted of a model without a draft
     *     head
     */
    public Logits logits(List<Integer> ids, List<Integer> positions, int drafts) {
        return loaded.logits(ids, positions, drafts);
    }

    /**
     * Cancels what is being generated, waits for the step in progress, and frees everything. Does nothing when closed
     * already.
     */
    @Override
    public void close() {
        loaded.close();
    }
}

package dev.nemotron.checkpoint;

import dev.nemotron.ModelFormatException;
import dev.nemotron.json.Json;
import dev.nemotron.json.JsonObject;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A model folder as published: the mapped tensors of all its weight files, and the JSON files beside them. Files that do
 * not belong to the model are ignored. Thread-safe; after {@link #close} no tensor can be read any more.
 */
public final class Checkpoint implements AutoCloseable {

    /** The most bytes of a configuration file; the largest published one, of a mixed layout, has about ten million. */
    private static final long MAX_JSON = 32L << 20;

    private final Path folder;
    private final Arena arena;
    private final JsonObject config;
    private final List<SafetensorsFile> files;
    private final List<SafetensorsFile> beside;
    private final Map<String, Tensor> tensors;
    private final Map<String, ModuleTensors> modules;

    private Checkpoint(
            Path folder,
            Arena arena,
            JsonObject config,
            List<SafetensorsFile> files,
            List<SafetensorsFile> beside,
            Map<String, Tensor> tensors) {
        this.folder = folder;
        this.arena = arena;
        this.config = config;
        this.files = files;
        this.beside = beside;
        this.tensors = tensors;
        this.modules = byModule(tensors);
    }

    /**
     * Opens a folder: reads {@code config.json}, maps the weights, checks their headers. No weight is read.
     *
     * @param folder the model folder
     * @return the checkpoint, for the caller to close
     * @throws ModelFormatException if the folder is missing, holds no model in safetensors form, or is damaged; the message
     *     names the file and the cure
     */
    @SuppressWarnings("MustBeClosedChecker") // the checkpoint owns the arena
    public static Checkpoint open(Path folder) {
        JsonObject config = readConfig(folder);
        Arena arena = Arena.ofShared();
        try {
            List<SafetensorsFile> files = WeightFiles.open(folder, arena);
            return new Checkpoint(folder, arena, config, files, List.of(), merge(files));
        } catch (Throwable e) {
            arena.close();
            throw e;
        }
    }

    /**
     * Opens what surrounds the weights: {@code config.json} and the other JSON files. There are no tensors.
     *
     * @param folder the model folder
     * @return the checkpoint, for the caller to close
     * @throws ModelFormatException if the folder or its {@code config.json} is missing or damaged
     */
    @SuppressWarnings("MustBeClosedChecker") // the checkpoint owns the arena
    public static Checkpoint openWithoutWeights(Path folder) {
        return new Checkpoint(folder, Arena.ofShared(), readConfig(folder), List.of(), List.of(), Map.of());
    }

    /**
     * Tells whether there is anything to open beside the configuration.
     *
     * @param folder the model folder
     * @return whether it holds weight files or an index of them, complete or not; true where the folder is missing, which opening then refuses
     * @throws ModelFormatException if the folder cannot be listed
     */
    public static boolean hasWeights(Path folder) {
        return !Files.isDirectory(folder) || WeightFiles.areIn(folder);
    }

    private static JsonObject readConfig(Path folder) {
        if (!Files.isDirectory(folder)) {
            throw new ModelFormatException(
                    folder + (Files.exists(folder) ? ": a file, expected the model's folder" : ": no such folder"));
        }
        Path configFile = folder.resolve("config.json");
        if (!Files.isRegularFile(configFile)) {
            throw new ModelFormatException(
                    configFile + ": missing; expected the folder of a model as published on Hugging Face");
        }
        return readJson(configFile);
    }

    private static JsonObject readJson(Path file) {
        try {
            long size = Files.size(file);
            if (size > MAX_JSON) {
                throw new ModelFormatException(file + ": " + size + " bytes, expected at most " + MAX_JSON);
            }
        } catch (IOException e) {
            throw new ModelFormatException(file + ": cannot be read (" + e + ")", e);
        }
        return Json.readObject(file);
    }

    private static Map<String, Tensor> merge(List<SafetensorsFile> files) {
        Map<String, Tensor> all = new LinkedHashMap<>();
        for (SafetensorsFile file : files) {
            file.tensors().forEach((name, tensor) -> {
                Tensor other = all.put(name, tensor);
                if (other != null) {
                    throw new ModelFormatException(
                            file.path() + ": tensor \"" + name + "\" is in " + other.file() + " too");
                }
            });
        }
        return Collections.unmodifiableMap(all);
    }

    private static Map<String, ModuleTensors> byModule(Map<String, Tensor> tensors) {
        Map<String, SortedMap<String, Tensor>> grouped = new HashMap<>();
        tensors.forEach((name, tensor) -> {
            int dot = name.lastIndexOf('.');
            grouped.computeIfAbsent(name.substring(0, Math.max(dot, 0)), module -> new TreeMap<>())
                    .put(name.substring(dot + 1), tensor);
        });
        Map<String, ModuleTensors> modules = HashMap.newHashMap(grouped.size());
        grouped.forEach((module, own) ->
                modules.put(module, new ModuleTensors(module, Collections.unmodifiableSortedMap(own))));
        return modules;
    }

    /**
     * Puts other tensors in the place of some.
     *
     * @param gone the full names of those that are replaced
     * @param instead what there is in their place, to be valid as long as this checkpoint
     * @param from the files of {@link #mapBeside} that they lie in; none where they lie in memory
     * @return a checkpoint that shares everything else with this one: closing either closes both
     */
    public Checkpoint replacing(Set<String> gone, Map<String, Tensor> instead, List<SafetensorsFile> from) {
        Map<String, Tensor> all = new LinkedHashMap<>(tensors);
        all.keySet().removeAll(gone);
        all.putAll(instead);
        return new Checkpoint(folder, arena, config, files, List.copyOf(from), Collections.unmodifiableMap(all));
    }

    /**
     * Maps another file beside the weights.
     *
     * @param file a safetensors file, open as long as this checkpoint
     * @return the file
     * @throws ModelFormatException if it cannot be read, or its header does not hold together
     */
    public SafetensorsFile mapBeside(Path file) {
        return SafetensorsFile.open(file, arena);
    }

    /**
     * Allocates memory that lives as long as the weights.
     *
     * @param bytes how much
     * @return the memory, aligned to a cache line
     */
    public MemorySegment allocate(long bytes) {
        return arena.allocate(bytes, 64);
    }

    /**
     * Identifies the weights without reading all of them.
     *
     * @return a digest of the names, sizes and headers of the files and of samples of what they hold
     */
    public byte[] fingerprint() {
        return Fingerprint.of(files);
    }

    /**
     * Finds a tensor.
     *
     * @param name its full name
     * @return the tensor, or null where there is none
     */
    public @Nullable Tensor find(String name) {
        return tensors.get(name);
    }

    /**
     * Finds a tensor that must be there.
     *
     * @param name its full name
     * @return the tensor
     * @throws ModelFormatException if there is none
     */
    public Tensor require(String name) {
        Tensor tensor = tensors.get(name);
        if (tensor == null) {
            String module = name.substring(0, Math.max(name.lastIndexOf('.'), 0));
            throw new ModelFormatException(folder + ": tensor \"" + name + "\" is missing, found "
                    + module(module).describe());
        }
        return tensor;
    }

    /**
     * Collects the tensors of a module, one level deep, wherever they lie.
     *
     * @param name the module's name
     * @return its tensors; none where there is no such module
     */
    public ModuleTensors module(String name) {
        ModuleTensors module = modules.get(name);
        return module == null ? new ModuleTensors(name, Collections.emptySortedMap()) : module;
    }

    /**
     * Tells whether a module has tensors of its own.
     *
     * @param name the module's name
     * @return whether there is a tensor {@code name.something}, one level deep
     */
    public boolean hasModule(String name) {
        return modules.containsKey(name);
    }

    /**
     * Lists all tensors.
     *
     * @return their full names, file by file in the order of the headers
     */
    public Set<String> names() {
        return tensors.keySet();
    }

    /**
     * The folder's {@code config.json}.
     *
     * @return its content
     */
    public JsonObject config() {
        return config;
    }

    /**
     * Reads another JSON file of the folder.
     *
     * @param fileName its plain name, for example {@code generation_config.json}
     * @return its content, or null where there is no such file
     * @throws ModelFormatException if it is there and cannot be read, is not a JSON object, or has more than 32 MiB
     */
    public @Nullable JsonObject optionalJson(String fileName) {
        Path file = folder.resolve(fileName);
        return Files.exists(file) ? readJson(file) : null;
    }

    /**
     * The folder that was opened.
     *
     * @return the path as it was given
     */
    public Path folder() {
        return folder;
    }

    /**
     * The size of the tensors.
     *
     * @return the sum in bytes, without headers
     */
    public long weightBytes() {
        long sum = 0;
        for (Tensor tensor : tensors.values()) {
            sum += tensor.data().byteSize();
        }
        return sum;
    }

    /**
     * Turns the error that the JVM raises for a fault in mapped memory into one that names the file. The JVM raises it in
     * the thread that read, at the faulting instruction or soon after it, with garbage in place of the missing bytes: what
     * was computed since the last check is void.
     *
     * @param error what a computation that reads tensors of this checkpoint has thrown
     * @return the exception to throw in its place
     * @throws InternalError {@code error} itself where it is not about a memory access
     */
    public ModelFormatException explain(InternalError error) {
        if (!MappedMemory.isFault(error)) {
            throw error;
        }
        return MappedMemory.explain(error, folder, Stream.concat(files.stream(), beside.stream()));
    }

    /** Unmaps the weights. Tensors of this checkpoint throw {@link IllegalStateException} from now on. */
    @Override
    public void close() {
        if (arena.scope().isAlive()) {
            arena.close();
        }
    }
}

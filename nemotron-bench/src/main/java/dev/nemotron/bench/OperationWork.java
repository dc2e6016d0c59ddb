package dev.nemotron.bench;

import dev.nemotron.spi.AttentionShape;
import dev.nemotron.spi.Buffer;
import dev.nemotron.spi.ExpertBank;
import dev.nemotron.spi.MambaParameters;
import dev.nemotron.spi.Matrix;
import dev.nemotron.spi.RouterRule;
import dev.nemotron.spi.ScanShape;
import dev.nemotron.spi.Step;
import dev.nemotron.spi.StoredMatrix;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * Counts what an operation of a backend has to touch and to compute: weights, states, keys and values once, and where there are
 * none the activations, which caches hold. Learns the weights as the backend makes them ready.
 */
final class OperationWork {

    private static final int SCAN_FLOPS = 5;
    private static final int NORM_FLOPS = 4;
    private static final int GATED_NORM_FLOPS = 6;

    /** Keys and values are BF16 unless asked for otherwise, which the bench does not. */
    private static final int KV_BYTES = Short.BYTES;

    /** A matrix, or the two of one expert. */
    private record Weights(String name, double bytes, double count, int rows) {}

    /**
     * What one call costs.
     *
     * @param kind the operation; for products with a matrix also what the matrix is
     * @param bytes what is read or written
     * @param flops additions and multiplications
     */
    record Amount(String kind, double bytes, double flops) {}

    private final IdentityHashMap<Object, Weights> weights = new IdentityHashMap<>();
    private final Map<Integer, Integer> positions = new HashMap<>();
    private int experts = 1;
    private int chosen = 1;
    private int context;

    /** Remembers what the backend made of weights. */
    void made(Object made, Object[] arguments) {
        if (arguments[0] instanceof StoredMatrix stored) {
            String name = stored.name().substring(stored.name().lastIndexOf('.') + 1);
            double count = (double) stored.rows() * stored.columns();
            weights.put(made, new Weights(name, stored.byteSize(), count, stored.rows()));
        } else if (made instanceof ExpertBank
                && arguments.length == 2
                && arguments[0] instanceof List<?> up
                && arguments[1] instanceof List<?> down) {
            Weights first = weights.get(up.getFirst());
            Weights second = weights.get(down.getFirst());
            if (first != null && second != null) {
                weights.put(
                        made,
                        new Weights("", first.bytes() + second.bytes(), first.count() + second.count(), first.rows()));
            }
        }
    }

    /** Says that sequences go on from where they have so many tokens. */
    void startAt(int tokens) {
        context = tokens;
        positions.clear();
    }

    /** Counts a call. */
    Amount of(String operation, Object[] arguments) {
        Weights own = weights.get(arguments[0]);
        int rows = rows(arguments);
        return switch (arguments[0]) {
            case RouterRule rule -> {
                experts = rule.experts();
                chosen = rule.chosen();
                yield new Amount(operation, 0, 0);
            }
            case Matrix matrix
            when own != null && operation.equals("embed") ->
                new Amount(operation + " " + own.name(), rows * own.bytes() / own.rows(), 0);
            case Matrix matrix
            when own != null -> new Amount(operation + " " + own.name(), own.bytes(), 2 * own.count() * rows);
            case ExpertBank bank
            when own != null ->
                new Amount(operation, own.bytes() * touchedExperts(rows), 2 * own.count() * chosen * rows);
            case MambaParameters mamba -> scan(operation, mamba.shape(), (Step) arguments[1]);
            case AttentionShape shape ->
                attention(operation, shape, ((Step) arguments[1]).rows(), (Integer) arguments[2]);
            default -> elementwise(operation, arguments, rows);
        };
    }

    /** As many as are expected when each choice is as likely as any other. */
    private double touchedExperts(int rows) {
        return rows == 1 ? chosen : experts * (1 - Math.pow(1 - (double) chosen / experts, rows));
    }

    private static Amount scan(String operation, ScanShape shape, Step step) {
        double state = (double) shape.innerWidth() * shape.stateSize();
        double flops = SCAN_FLOPS * state + 2.0 * shape.convWidth() * shape.convChannels();
        return new Amount(operation, 2 * state * Float.BYTES * step.sequences(), flops * step.rows());
    }

    private Amount attention(String operation, AttentionShape shape, int rows, int layer) {
        int before = positions.getOrDefault(layer, context);
        positions.put(layer, before + rows);
        double attended = rows * (before + (rows + 1) / 2.0);
        double bytes = 2.0 * shape.kvHeads() * shape.headWidth() * KV_BYTES * (before + rows);
        return new Amount(operation, bytes, 4.0 * shape.queryHeads() * shape.headWidth() * attended);
    }

    private static Amount elementwise(String operation, Object[] arguments, int rows) {
        double floats = 0;
        for (Object argument : arguments) {
            if (argument instanceof Long count) {
                floats = count;
            }
        }
        return switch (operation) {
            case "rmsNorm" -> {
                double elements = (double) rows * ((Buffer) arguments[1]).floats();
                yield new Amount(operation, 2 * elements * Float.BYTES, NORM_FLOPS * elements);
            }
            case "gatedNorm" -> {
                double elements = (double) rows * ((Buffer) arguments[2]).floats();
                yield new Amount(operation, 3 * elements * Float.BYTES, GATED_NORM_FLOPS * elements);
            }
            case "squaredRelu" -> new Amount(operation, 2 * floats * Float.BYTES, 2 * floats);
            case "add" -> new Amount(operation, 3 * floats * Float.BYTES, floats);
            default -> new Amount(operation, 0, 0);
        };
    }

    /** The rows of the step, which operations take as such or as the first number without a fraction. */
    private static int rows(Object[] arguments) {
        for (Object argument : arguments) {
            if (argument instanceof Step step) {
                return step.rows();
            }
            if (argument instanceof Integer number) {
                return number;
            }
        }
        return 1;
    }
}

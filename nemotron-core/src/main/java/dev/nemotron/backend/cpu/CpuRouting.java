package dev.nemotron.backend.cpu;

import dev.nemotron.spi.RouterRule;
import dev.nemotron.spi.Routing;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;

/**
 * The choice of experts for the rows of a step, grouped by expert: the assignments of expert e are
 * {@code first[e] .. first[e + 1]}, in order of rows.
 */
final class CpuRouting implements Routing {

    private int[] first = new int[0];
    private int[] rowOf = new int[0];
    private float[] weightOf = new float[0];
    private int[] chosen = new int[0];
    private float[] weights = new float[0];
    private float[] scores = new float[0];
    private float[] choice = new float[0];
    private float[] strength = new float[0];
    private boolean[] kept = new boolean[0];

    int first(int expert) {
        return first[expert];
    }

    /** The row of the step that an assignment belongs to. */
    int row(int assignment) {
        return rowOf[assignment];
    }

    float weight(int assignment) {
        return weightOf[assignment];
    }

    int assignments() {
        return first[first.length - 1];
    }

    /** Chooses for all rows; see architecture specification 2.6. */
    void choose(RouterRule rule, MemorySegment logits, MemorySegment bias, int rows) {
        reserve(rule, rows);
        Arrays.fill(first, 0);
        for (int t = 0; t < rows; t++) {
            chooseRow(rule, logits, bias, t);
        }
        for (int e = 0; e < rule.experts(); e++) {
            first[e + 1] += first[e];
        }
        // Filling from the last row backwards leaves each expert's rows ascending and first[e + 1] at first[e].
        for (int i = rows * rule.chosen() - 1; i >= 0; i--) {
            int slot = --first[chosen[i] + 1];
            rowOf[slot] = i / rule.chosen();
            weightOf[slot] = weights[i];
        }
        System.arraycopy(first, 1, first, 0, rule.experts());
        first[rule.experts()] = rows * rule.chosen();
    }

    private void reserve(RouterRule rule, int rows) {
        int assignments = rows * rule.chosen();
        if (first.length != rule.experts() + 1) {
            first = new int[rule.experts() + 1];
            scores = new float[rule.experts()];
            choice = new float[rule.experts()];
        }
        if (strength.length != rule.groups()) {
            strength = new float[rule.groups()];
            kept = new boolean[rule.groups()];
        }
        if (rowOf.length < assignments) {
            rowOf = new int[assignments];
            weightOf = new float[assignments];
            chosen = new int[assignments];
            weights = new float[assignments];
        }
    }

    private void chooseRow(RouterRule rule, MemorySegment logits, MemorySegment bias, int t) {
        for (int e = 0; e < rule.experts(); e++) {
            float logit = logits.getAtIndex(ValueLayout.JAVA_FLOAT, (long) t * rule.experts() + e);
            scores[e] = (float) (1 / (1 + StrictMath.exp(-logit)));
            choice[e] = scores[e] + bias.getAtIndex(ValueLayout.JAVA_FLOAT, e);
        }
        if (rule.groups() > 1) {
            dropWeakGroups(rule);
        }
        float sum = 0;
        int base = t * rule.chosen();
        for (int k = 0; k < rule.chosen(); k++) {
            int best = best(0, rule.experts());
            choice[best] = Float.NEGATIVE_INFINITY;
            chosen[base + k] = best;
            sum += scores[best];
            first[best + 1]++;
        }
        float factor = rule.normalised() ? rule.scale() / (sum + 1e-20f) : rule.scale();
        for (int k = 0; k < rule.chosen(); k++) {
            weights[base + k] = scores[chosen[base + k]] * factor;
        }
    }

    /** The index of the largest choice value; the lowest among equals. */
    private int best(int from, int to) {
        int best = from;
        for (int e = from + 1; e < to; e++) {
            // Not "choice[e] > choice[best]" alone: a NaN must lose against everything, or nothing would ever be
            // chosen.
            if (choice[e] > choice[best] || (Float.isNaN(choice[best]) && !Float.isNaN(choice[e]))) {
                best = e;
            }
        }
        return best;
    }

    /** Keeps the groups whose two best experts sum highest, and takes the others out of the running. */
    private void dropWeakGroups(RouterRule rule) {
        int size = rule.experts() / rule.groups();
        for (int g = 0; g < rule.groups(); g++) {
            int from = g * size;
            int top = best(from, from + size);
            float largest = choice[top];
            choice[top] = Float.NEGATIVE_INFINITY;
            float second = choice[best(from, from + size)];
            choice[top] = largest;
            strength[g] = size == 1 ? largest : largest + second;
        }
        Arrays.fill(kept, false);
        for (int k = 0; k < rule.keptGroups(); k++) {
            int best = -1;
            for (int g = 0; g < rule.groups(); g++) {
                if (!kept[g] && (best < 0 || strength[g] > strength[best])) {
                    best = g;
                }
            }
            kept[best] = true;
        }
        for (int e = 0; e < rule.experts(); e++) {
            if (!kept[e / size]) {
                choice[e] = Float.NEGATIVE_INFINITY;
            }
        }
    }
}

package dev.nemotron.sampling;

import dev.nemotron.Sampling;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** The definitions of the samplers, written down plainly: sorting, double precision, no regard for speed. */
final class SamplingReference {

    private SamplingReference() {}

    /** The probabilities [V] that the draw is made from, without XTC and DRY. */
    static double[] distribution(float[] logits, Sampling s, int[] prompt, int[] answer) {
        double[] l = new double[logits.length];
        for (int i = 0; i < l.length; i++) {
            double bias = s.logitBias().getOrDefault(i, 0.0);
            l[i] = s.bannedTokens().contains(i) ? Double.NEGATIVE_INFINITY : logits[i] + bias;
        }
        for (int i = 0; i < l.length; i++) {
            int token = i;
            long inAnswer = Arrays.stream(answer).filter(t -> t == token).count();
            boolean seen = inAnswer > 0 || Arrays.stream(prompt).anyMatch(t -> t == token);
            if (seen) {
                l[i] = l[i] > 0 ? l[i] / s.repetitionPenalty() : l[i] * s.repetitionPenalty();
            }
            l[i] -= inAnswer * s.frequencyPenalty() + (inAnswer > 0 ? s.presencePenalty() : 0);
        }
        if (s.topNSigma() > 0) {
            double[] finite = Arrays.stream(l).filter(Double::isFinite).toArray();
            double mean = Arrays.stream(finite).average().orElseThrow();
            double variance = Arrays.stream(finite)
                    .map(x -> (x - mean) * (x - mean))
                    .average()
                    .orElseThrow();
            double border = Arrays.stream(l).max().orElseThrow() - s.topNSigma() * Math.sqrt(variance);
            l = Arrays.stream(l)
                    .map(x -> x < border ? Double.NEGATIVE_INFINITY : x)
                    .toArray();
        }
        double[] p = softmax(Arrays.stream(l).map(x -> x / s.temperature()).toArray());
        if (s.topK() > 0) {
            p = keep(p, order(p).subList(0, Math.min(s.topK(), p.length)));
        }
        if (s.topP() < 1) {
            p = keep(p, prefix(p, order(p), s.topP(), false));
        }
        if (s.minP() > 0) {
            double[] now = p;
            double most = Arrays.stream(p).max().orElseThrow();
            p = keep(p, order(p).stream().filter(i -> now[i] >= s.minP() * most).toList());
        }
        if (s.typicalP() < 1) {
            double[] now = p;
            double entropy = Arrays.stream(p)
                    .filter(x -> x > 0)
                    .map(x -> -x * Math.log(x))
                    .sum();
            List<Integer> byDeviation = IntStream.range(0, p.length)
                    .boxed()
                    .filter(i -> now[i] > 0)
                    .sorted(Comparator.comparingDouble(i -> Math.abs(-Math.log(now[i]) - entropy)))
                    .toList();
            p = keep(p, prefix(p, byDeviation, s.typicalP(), true));
        }
        return p;
    }

    static List<Integer> order(double[] p) {
        return IntStream.range(0, p.length)
                .boxed()
                .sorted(Comparator.comparingDouble((Integer i) -> -p[i]))
                .toList();
    }

    private static List<Integer> prefix(double[] p, List<Integer> order, double share, boolean strictly) {
        List<Integer> kept = new ArrayList<>();
        double sum = 0;
        for (int i : order) {
            kept.add(i);
            sum += p[i];
            if (strictly ? sum > share : sum >= share) {
                break;
            }
        }
        return kept;
    }

    private static double[] softmax(double[] l) {
        double most = Arrays.stream(l).max().orElseThrow();
        double[] e = Arrays.stream(l).map(x -> Math.exp(x - most)).toArray();
        double sum = Arrays.stream(e).sum();
        return Arrays.stream(e).map(x -> x / sum).toArray();
    }

    private static double[] keep(double[] p, List<Integer> kept) {
        double[] q = new double[p.length];
        double sum = kept.stream().mapToDouble(i -> p[i]).sum();
        kept.forEach(i -> q[i] = p[i] / sum);
        return q;
    }
}

package dev.nemotron.sampling;

import java.util.Arrays;

/**
 * The tokens that may still be drawn, with their weights, which are proportional to probabilities. Nothing is ever
 * sorted: each stage finds its border by partial selection, in time linear in the number of candidates. Ties fall to the
 * lower id.
 */
final class Candidates {

    private int[] ids = new int[256];
    private double[] weights = new double[256];

    /** What candidates are ranked by, higher first. */
    private double[] ranks = new double[256];

    private int count;

    int count() {
        return count;
    }

    int id(int index) {
        return ids[index];
    }

    double weight(int index) {
        return weights[index];
    }

    /**
     * Takes the tokens of logits [V] over temperature, the {@code most} highest of them unless that is 0, and none that
     * is too unlikely to change a sum of doubles. The highest logit must be finite.
     */
    void fill(float[] logits, float highest, double temperature, int most) {
        count = 0;
        // 2^-60 of the highest: all of a vocabulary of these together stays below the rounding of the sum.
        double border = highest - 41.6 * temperature;
        for (int token = 0; token < logits.length; token++) {
            float logit = logits[token];
            if (logit >= border) {
                add(token, logit);
            }
        }
        if (most > 0 && most < count) {
            keep(most, Double.POSITIVE_INFINITY, false);
        }
        // Exponentials cost most, so they come last.
        double factor = 1 / temperature;
        for (int i = 0; i < count; i++) {
            weights[i] = Math.exp((ranks[i] - highest) * factor);
        }
    }

    private void add(int token, double rank) {
        if (count == ids.length) {
            ids = Arrays.copyOf(ids, 2 * count);
            weights = Arrays.copyOf(weights, 2 * count);
            ranks = Arrays.copyOf(ranks, 2 * count);
        }
        ids[count] = token;
        ranks[count++] = rank;
    }

    private double total() {
        double total = 0;
        for (int i = 0; i < count; i++) {
            total += weights[i];
        }
        return total;
    }

    /** Keeps the highest until their share of the weight reaches {@code share}. */
    void topP(double share) {
        keep(Integer.MAX_VALUE, share * total(), false);
    }

    /** Keeps those of at least a share of the highest weight. */
    void minP(double share) {
        double highest = 0;
        for (int i = 0; i < count; i++) {
            highest = Math.max(highest, weights[i]);
        }
        retainAtLeast(share * highest);
    }

    private void retainAtLeast(double border) {
        int kept = 0;
        for (int i = 0; i < count; i++) {
            if (weights[i] >= border) {
                swap(i, kept++);
            }
        }
        count = kept;
    }

    /** Keeps those whose information is closest to the entropy until their share of the weight exceeds {@code share}. */
    void typical(double share) {
        double total = total();
        double entropy = 0;
        for (int i = 0; i < count; i++) {
            double p = weights[i] / total;
            entropy -= p > 0 ? p * Math.log(p) : 0;
        }
        for (int i = 0; i < count; i++) {
            ranks[i] = -Math.abs(-Math.log(weights[i] / total) - entropy);
        }
        keep(Integer.MAX_VALUE, share * total, true);
    }

    /** Of those with a share of at least {@code threshold}, keeps the least likely only. */
    void excludeTopChoices(double threshold) {
        double border = threshold * total();
        int least = -1;
        int choices = 0;
        for (int i = 0; i < count; i++) {
            if (weights[i] >= border) {
                choices++;
                boolean less = least < 0
                        || weights[i] < weights[least]
                        || (weights[i] == weights[least] && ids[i] > ids[least]);
                least = less ? i : least;
            }
        }
        if (choices < 2) {
            return;
        }
        int spared = ids[least];
        int kept = 0;
        for (int i = 0; i < count; i++) {
            if (weights[i] < border || ids[i] == spared) {
                swap(i, kept++);
            }
        }
        count = kept;
    }

    /** The token at which the cumulated share of the weight passes {@code uniform}, from [0, 1). */
    int draw(double uniform) {
        double target = uniform * total();
        double sum = 0;
        for (int i = 0; i < count; i++) {
            sum += weights[i];
            if (sum > target) {
                return ids[i];
            }
        }
        return ids[count - 1];
    }

    /**
     * Keeps the highest ranks: at most {@code most} of them, and no more than are needed for their weights to reach
     * {@code mass}, or to exceed it where {@code strictly}. At least one stays.
     */
    private void keep(int most, double mass, boolean strictly) {
        int low = 0;
        int high = count;
        double missing = mass;
        int places = most;
        // The border lies in [low, high); everything before low stays, everything from high on goes.
        while (high - low > 1) {
            int middle = partition(low, high);
            double sum = 0;
            for (int i = low; i < middle; i++) {
                sum += weights[i];
            }
            boolean enough = strictly ? sum > missing : sum >= missing;
            if (enough || middle - low >= places) {
                high = middle;
            } else {
                missing -= sum;
                places -= middle - low;
                low = middle;
            }
        }
        count = high;
    }

    /** Moves the higher ranks of a range of at least two to its front and says where the lower ones begin; neither is empty. */
    private int partition(int low, int high) {
        int pivot = medianOfThree(low, low + (high - low) / 2, high - 1);
        swap(pivot, low);
        int left = low;
        int right = high;
        while (true) {
            do {
                right--;
            } while (before(low, right) && right > low);
            do {
                left++;
            } while (left < right && before(left, low));
            if (left >= right) {
                break;
            }
            swap(left, right);
        }
        swap(low, right);
        return right > low ? right : low + 1;
    }

    private int medianOfThree(int a, int b, int c) {
        if (before(a, b)) {
            return before(b, c) ? b : before(a, c) ? c : a;
        }
        return before(a, c) ? a : before(b, c) ? c : b;
    }

    private boolean before(int a, int b) {
        return ranks[a] > ranks[b] || (ranks[a] == ranks[b] && ids[a] < ids[b]);
    }

    private void swap(int a, int b) {
        int id = ids[a];
        ids[a] = ids[b];
        ids[b] = id;
        double weight = weights[a];
        weights[a] = weights[b];
        weights[b] = weight;
        double rank = ranks[a];
        ranks[a] = ranks[b];
        ranks[b] = rank;
    }
}

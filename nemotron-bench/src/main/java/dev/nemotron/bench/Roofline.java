package dev.nemotron.bench;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * A picture of what operations reach: to the right how much they compute with each byte, upwards how much in a second, both in
 * powers of ten. Above them the roof: the slope is the pace of the memory, the level that of the arithmetic.
 */
final class Roofline {

    /** Operations with a smaller part of the time are left out, or nobody could read the others. */
    static final double LEAST_SHARE = 0.005;

    private static final int WIDTH = 1120;
    private static final int HEIGHT = 760;
    private static final int LEFT = 84;
    private static final int RIGHT = 28;
    private static final int TOP = 96;
    private static final int BOTTOM = 92;
    private static final double LEAST_RADIUS = 4;
    private static final double MOST_RADIUS = 15;
    private static final String INK = "#1b1f24";
    private static final String PALE = "#656d76";
    private static final String DECODE = "#0969da";
    private static final String PREFILL = "#bc4c00";

    /** An operation: how much it computes a byte, how much a second, what part of the roof and of the time that is. */
    private record Dot(String name, boolean decode, double intensity, double gigaflops, double reached, double share) {

        double radius() {
            return LEAST_RADIUS + (MOST_RADIUS - LEAST_RADIUS) * Math.sqrt(share);
        }

        String label() {
            return String.format(Locale.ROOT, "%s %.0f%%", name, 100 * reached);
        }
    }

    private final MachineLimits machine;
    private final List<Dot> dots = new ArrayList<>();
    private final StringBuilder svg = new StringBuilder();
    private final LogAxis x;
    private final LogAxis y;

    private Roofline(Profile profile) {
        this.machine = profile.machine();
        addDots(profile.decode(), true);
        addDots(profile.prefill(), false);
        // Large ones first, so that small ones stay visible.
        dots.sort(Comparator.comparingDouble(Dot::share).reversed());
        double peak = machine.flopsPerSecond() / 1e9;
        double ridge = machine.flopsPerSecond() / machine.readBytesPerSecond();
        double least = dots.stream().mapToDouble(Dot::intensity).min().orElse(1);
        double most = dots.stream().mapToDouble(Dot::intensity).max().orElse(1);
        double lowest = dots.stream().mapToDouble(Dot::gigaflops).min().orElse(1);
        double highest = dots.stream().mapToDouble(Dot::gigaflops).max().orElse(1);
        x = new LogAxis(Math.min(least, 0.5) / 2, Math.max(most, 4 * ridge) * 2, LEFT, WIDTH - RIGHT);
        y = new LogAxis(
                Math.min(lowest, roof(x.from()) / 1e9) / 2, Math.max(highest, peak) * 2.5, HEIGHT - BOTTOM, TOP);
    }

    /**
     * Draws.
     *
     * @param title what was measured
     * @param profile what the operations did
     * @return an SVG document with its own background
     */
    static String svg(String title, Profile profile) {
        return new Roofline(profile).draw(title);
    }

    private void addDots(List<OperationProfile.Line> lines, boolean decode) {
        double total =
                lines.stream().mapToDouble(OperationProfile.Line::seconds).sum();
        for (OperationProfile.Line line : lines) {
            double share = line.seconds() / total;
            if (line.bytes() > 0 && line.flops() > 0 && share >= LEAST_SHARE) {
                double intensity = line.flops() / line.bytes();
                double pace = line.flops() / line.seconds();
                String name =
                        line.name().startsWith("linear ") ? line.name().substring("linear ".length()) : line.name();
                dots.add(new Dot(name, decode, intensity, pace / 1e9, pace / roof(intensity), share));
            }
        }
    }

    private double roof(double intensity) {
        return Math.min(intensity * machine.readBytesPerSecond(), machine.flopsPerSecond());
    }

    private String draw(String title) {
        line(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\""
                        + " font-family=\"Helvetica, Arial, 'Liberation Sans', 'DejaVu Sans', sans-serif\" font-size=\"13\">",
                WIDTH, HEIGHT, WIDTH, HEIGHT);
        line("<rect width=\"100%%\" height=\"100%%\" fill=\"#ffffff\"/>");
        text(LEFT, 34, "start", INK, 20, title);
        text(
                LEFT,
                56,
                "start",
                PALE,
                13,
                String.format(
                        Locale.ROOT,
                        "%d thread%s: memory is read at %.1f GB/s, arithmetic peaks at %.0f GFLOP/s, both measured in the"
                                + " same run",
                        machine.threads(),
                        machine.threads() == 1 ? "" : "s",
                        machine.readBytesPerSecond() / 1e9,
                        machine.flopsPerSecond() / 1e9));
        grid();
        roofs();
        dots();
        legend();
        line("</svg>");
        return svg.toString();
    }

    private void grid() {
        for (double value : x.ticks()) {
            double at = x.at(value);
            segment(at, TOP, at, HEIGHT - BOTTOM, LogAxis.isDecade(value) ? "#d0d7de" : "#eef1f4", 1);
            if (LogAxis.isDecade(value)) {
                text(at, HEIGHT - BOTTOM + 20, "middle", INK, 13, LogAxis.label(value));
            }
        }
        for (double value : y.ticks()) {
            double at = y.at(value);
            segment(LEFT, at, WIDTH - RIGHT, at, LogAxis.isDecade(value) ? "#d0d7de" : "#eef1f4", 1);
            if (LogAxis.isDecade(value)) {
                text(LEFT - 8, at + 4, "end", INK, 13, LogAxis.label(value));
            }
        }
        line(
                "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" fill=\"none\" stroke=\"%s\"/>",
                LEFT, TOP, WIDTH - RIGHT - LEFT, HEIGHT - BOTTOM - TOP, PALE);
        text((LEFT + WIDTH - RIGHT) / 2.0, HEIGHT - BOTTOM + 42, "middle", INK, 14, "FLOP for each byte");
        double middle = (TOP + HEIGHT - BOTTOM) / 2.0;
        line(
                "<text transform=\"translate(24 %.1f) rotate(-90)\" text-anchor=\"middle\" fill=\"%s\""
                        + " font-size=\"14\">GFLOP/s</text>",
                middle, INK);
    }

    private void roofs() {
        double ridge = machine.flopsPerSecond() / machine.readBytesPerSecond();
        double peak = machine.flopsPerSecond() / 1e9;
        segment(x.at(x.from()), y.at(roof(x.from()) / 1e9), x.at(ridge), y.at(peak), INK, 2.5);
        segment(x.at(ridge), y.at(peak), x.at(x.to()), y.at(peak), INK, 2.5);
    }

    private void dots() {
        LabelPlacement labels = new LabelPlacement(LEFT + 4, TOP + 4, WIDTH - RIGHT - 4, HEIGHT - BOTTOM - 4);
        double ridge = machine.flopsPerSecond() / machine.readBytesPerSecond();
        double peak = machine.flopsPerSecond() / 1e9;
        labels.avoid(x.at(x.from()), y.at(roof(x.from()) / 1e9), x.at(ridge), y.at(peak));
        labels.avoid(x.at(ridge), y.at(peak), x.at(x.to()), y.at(peak));
        for (Dot dot : dots) {
            labels.avoid(x.at(dot.intensity()), y.at(dot.gigaflops()), dot.radius());
        }
        for (Dot dot : dots) {
            dot(dot);
        }
        for (Dot dot : dots) {
            label(dot, labels.place(x.at(dot.intensity()), y.at(dot.gigaflops()), dot.radius(), dot.label()));
        }
    }

    private void dot(Dot dot) {
        double atX = x.at(dot.intensity());
        double atY = y.at(dot.gigaflops());
        double r = dot.radius();
        if (dot.decode()) {
            line(
                    "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"%.1f\" fill=\"%s\" fill-opacity=\"0.6\" stroke=\"#ffffff\"/>",
                    atX, atY, r, DECODE);
        } else {
            line(
                    "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" fill=\"%s\" fill-opacity=\"0.7\""
                            + " stroke=\"#ffffff\"/>",
                    atX - r, atY - r, 2 * r, 2 * r, PREFILL);
        }
    }

    private void label(Dot dot, LabelPlacement.Place place) {
        String colour = dot.decode() ? DECODE : PREFILL;
        if (place.distant()) {
            segment(x.at(dot.intensity()), y.at(dot.gigaflops()), place.tipX(), place.tipY(), colour, 0.8);
        }
        text(place.left(), place.baseline(), "start", colour, LabelPlacement.FONT_SIZE, dot.label());
    }

    private void legend() {
        int at = 78;
        line("<circle cx=\"%d\" cy=\"%d\" r=\"6\" fill=\"%s\" fill-opacity=\"0.7\"/>", LEFT + 6, at - 4, DECODE);
        text(LEFT + 18, at, "start", INK, 13, "a generated token");
        line(
                "<rect x=\"%d\" y=\"%d\" width=\"12\" height=\"12\" fill=\"%s\" fill-opacity=\"0.7\"/>",
                LEFT + 148, at - 10, PREFILL);
        text(LEFT + 166, at, "start", INK, 13, "a prompt");
        text(
                LEFT + 244,
                at,
                "start",
                PALE,
                13,
                "%: the part of the roof that is reached. The larger a mark, the larger its part of the time.");
        text(
                LEFT,
                HEIGHT - 16,
                "start",
                PALE,
                12,
                "Weights, states, keys and values count as read once; norms and the like as what they touch, which caches hold."
                        + " Operations below 0.5% of the time are left out.");
    }

    private void segment(double x1, double y1, double x2, double y2, String colour, double width) {
        line(
                "<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" stroke=\"%s\" stroke-width=\"%.1f\"/>",
                x1, y1, x2, y2, colour, width);
    }

    private void text(double atX, double atY, String anchor, String colour, int size, String content) {
        line(
                "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\" fill=\"%s\" font-size=\"%d\">%s</text>",
                atX, atY, anchor, colour, size, escaped(content));
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    @SuppressWarnings("AnnotateFormatMethod") // would be the one use of that dependency
    private void line(String format, Object... arguments) {
        svg.append(String.format(Locale.ROOT, format, arguments)).append('\n');
    }
}

package dev.nemotron.bench;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds room for labels beside their marks: as near as possible, and not over a mark, a line, another label or its leader.
 * Text is measured by a common width of a letter, which sans-serif fonts keep below.
 */
final class LabelPlacement {

    static final int FONT_SIZE = 12;

    private static final double LETTER = 0.62 * FONT_SIZE;
    private static final double ASCENT = 0.76 * FONT_SIZE;
    private static final double HEIGHT = 1.1 * FONT_SIZE;
    private static final double GAP = 3;
    private static final double RING = 5;
    private static final double FARTHEST = 320;
    private static final int DIRECTIONS = 64;

    /** A piece of the picture, edges parallel to it. */
    private record Box(double left, double top, double right, double bottom) {

        boolean overlaps(Box other) {
            return left < other.right && other.left < right && top < other.bottom && other.top < bottom;
        }

        boolean contains(Box other) {
            return left <= other.left && top <= other.top && right >= other.right && bottom >= other.bottom;
        }

        /** Whether a line goes through, by its part between the left and right edge and between top and bottom. */
        boolean crosses(Line line) {
            double dx = line.x2 - line.x1;
            double dy = line.y2 - line.y1;
            double[] part = {0, 1};
            return clip(part, dx, left - line.x1, right - line.x1) && clip(part, dy, top - line.y1, bottom - line.y1);
        }

        private static boolean clip(double[] part, double slope, double low, double high) {
            if (slope == 0) {
                return low < 0 && high > 0;
            }
            part[0] = Math.max(part[0], Math.min(low / slope, high / slope));
            part[1] = Math.min(part[1], Math.max(low / slope, high / slope));
            return part[0] < part[1];
        }
    }

    /** What a leader may cross, the worst last. */
    private enum Crossing {
        NOTHING,
        MARKS,
        LABELS
    }

    private record Line(double x1, double y1, double x2, double y2) {}

    /**
     * Where a label goes.
     *
     * @param left where its text begins
     * @param baseline what its letters stand on
     * @param distant whether a leader has to show which mark it belongs to
     * @param tipX where the leader ends
     * @param tipY where the leader ends
     */
    record Place(double left, double baseline, boolean distant, double tipX, double tipY) {}

    private final Box frame;
    private final List<Box> boxes = new ArrayList<>();
    private final List<Box> labels = new ArrayList<>();
    private final List<Line> lines = new ArrayList<>();

    LabelPlacement(double left, double top, double right, double bottom) {
        frame = new Box(left, top, right, bottom);
    }

    /** Keeps labels off a line. */
    void avoid(double x1, double y1, double x2, double y2) {
        lines.add(new Line(x1, y1, x2, y2));
    }

    /** Keeps labels off a mark. */
    void avoid(double x, double y, double radius) {
        boxes.add(new Box(x - radius, y - radius, x + radius, y + radius));
    }

    /** Places the label of a mark; on the mark if there is no room at all. */
    Place place(double x, double y, double radius, String label) {
        double width = LETTER * label.length();
        for (Crossing allowed : Crossing.values()) {
            Place place = place(x, y, radius, width, allowed);
            if (place != null) {
                return place;
            }
        }
        return new Place(x - width / 2, y, false, x, y);
    }

    private @Nullable Place place(double x, double y, double radius, double width, Crossing allowed) {
        for (double distance = radius + GAP; distance < FARTHEST; distance += RING) {
            for (int i = 0; i < DIRECTIONS; i++) {
                // To the right first, then alternately to both sides of it.
                int away = (i + 1) / 2;
                double angle = 2 * Math.PI / DIRECTIONS * away * (i % 2 == 0 ? 1 : -1);
                Box box = beside(x + distance * Math.cos(angle), y + distance * Math.sin(angle), angle, width);
                boolean distant = distance > radius + GAP + 2 * RING;
                Line leader = leader(x, y, box);
                if (isFree(box) && (!distant || isFree(leader, allowed))) {
                    boxes.add(box);
                    labels.add(box);
                    if (distant) {
                        lines.add(leader);
                    }
                    return new Place(box.left, box.top + ASCENT, distant, leader.x2, leader.y2);
                }
            }
        }
        return null;
    }

    /** The box of a text that is reached at a point, coming from a direction. */
    private static Box beside(double x, double y, double angle, double width) {
        double left = x - width * (1 - Math.cos(angle)) / 2;
        double top = y - HEIGHT * (1 - Math.sin(angle)) / 2;
        return new Box(left, top, left + width, top + HEIGHT);
    }

    private static Line leader(double x, double y, Box box) {
        double tipX = Math.clamp(x, box.left, box.right);
        double tipY = Math.clamp(y, box.top, box.bottom);
        return new Line(x, y, tipX, tipY);
    }

    private boolean isFree(Box box) {
        return frame.contains(box)
                && boxes.stream().noneMatch(box::overlaps)
                && lines.stream().noneMatch(box::crosses);
    }

    private boolean isFree(Line leader, Crossing allowed) {
        return switch (allowed) {
            case NOTHING -> boxes.stream().noneMatch(box -> passes(leader, box));
            case MARKS -> labels.stream().noneMatch(box -> passes(leader, box));
            case LABELS -> true;
        };
    }

    /** Whether a leader goes through a box that it does not begin in. */
    private static boolean passes(Line leader, Box box) {
        boolean own =
                leader.x1 >= box.left && leader.x1 <= box.right && leader.y1 >= box.top && leader.y1 <= box.bottom;
        return !own && box.crosses(leader);
    }
}

package dev.nemotron.template.jinja;

import java.time.Clock;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.TextStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.IsoFields;
import java.util.Locale;

/** C's {@code strftime} in the C locale, for local time without a zone, as transformers hands it to templates. */
final class Strftime {

    private Strftime() {}

    static String format(String format, Clock clock) {
        LocalDateTime now = LocalDateTime.now(clock);
        StringBuilder out = new StringBuilder();
        for (int at = 0; at < format.length(); at++) {
            char c = format.charAt(at);
            if (c != '%' || at + 1 == format.length()) {
                out.append(c);
                continue;
            }
            char code = format.charAt(++at);
            boolean unpadded = (code == '-' || code == '#') && at + 1 < format.length();
            if (unpadded) {
                code = format.charAt(++at);
            }
            String field = field(code, now);
            out.append(unpadded ? field.replaceFirst("^[0 ]+(?=.)", "") : field);
        }
        return out.toString();
    }

    private static String field(char code, LocalDateTime now) {
        return switch (code) {
            case 'a' -> now.getDayOfWeek().getDisplayName(TextStyle.SHORT, Locale.ENGLISH);
            case 'A' -> now.getDayOfWeek().getDisplayName(TextStyle.FULL, Locale.ENGLISH);
            case 'b', 'h' -> DateTimeFormatter.ofPattern("MMM", Locale.ENGLISH).format(now);
            case 'B' -> now.getMonth().getDisplayName(TextStyle.FULL, Locale.ENGLISH);
            case 'c' -> format("%a %b %e %H:%M:%S %Y", now);
            case 'C' -> digits(now.getYear() / 100, 2);
            case 'd' -> digits(now.getDayOfMonth(), 2);
            case 'D', 'x' -> format("%m/%d/%y", now);
            case 'e' -> String.format(Locale.ROOT, "%2d", now.getDayOfMonth());
            case 'f' -> digits(now.getNano() / 1000, 6);
            case 'F' -> format("%Y-%m-%d", now);
            case 'G' -> digits(now.get(IsoFields.WEEK_BASED_YEAR), 4);
            case 'H' -> digits(now.getHour(), 2);
            case 'I' -> digits(now.get(ChronoField.CLOCK_HOUR_OF_AMPM), 2);
            case 'j' -> digits(now.getDayOfYear(), 3);
            case 'm' -> digits(now.getMonthValue(), 2);
            case 'M' -> digits(now.getMinute(), 2);
            case 'n' -> "\n";
            case 'p' -> now.getHour() < 12 ? "AM" : "PM";
            case 'R' -> format("%H:%M", now);
            case 'S' -> digits(now.getSecond(), 2);
            case 't' -> "\t";
            case 'T', 'X' -> format("%H:%M:%S", now);
            case 'u' -> digits(now.getDayOfWeek().getValue(), 1);
            case 'U' -> digits((now.getDayOfYear() + 6 - now.getDayOfWeek().getValue() % 7) / 7, 2);
            case 'V' -> digits(now.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR), 2);
            case 'w' -> digits(now.getDayOfWeek().getValue() % 7, 1);
            case 'W' -> digits((now.getDayOfYear() + 6 - (now.getDayOfWeek().getValue() + 6) % 7) / 7, 2);
            case 'y' -> digits(now.getYear() % 100, 2);
            case 'Y' -> digits(now.getYear(), 4);
            case 'z', 'Z' -> "";
            case '%' -> "%";
            default -> "%" + code;
        };
    }

    private static String format(String parts, LocalDateTime now) {
        StringBuilder out = new StringBuilder();
        for (int at = 0; at < parts.length(); at++) {
            char c = parts.charAt(at);
            out.append(c == '%' ? field(parts.charAt(++at), now) : String.valueOf(c));
        }
        return out.toString();
    }

    private static String digits(int value, int width) {
        String digits = String.valueOf(value);
        return "0".repeat(Math.max(0, width - digits.length())) + digits;
    }
}

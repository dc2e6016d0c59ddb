package dev.nemotron.grammar;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The formats of strings as regular expressions; no character in them needs an escape in JSON. */
final class StringFormats {

    private static final String YEAR_OF_29_FEBRUARY =
            "(?:[0-9]{2}(?:0[48]|[2468][048]|[13579][26])|(?:[02468][048]|[13579][26])00)";

    /** RFC 3339, section 5.6, with the days that months have. */
    private static final String DATE = "(?:[0-9]{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12][0-9]|3[01])"
            + "|(?:0[469]|11)-(?:0[1-9]|[12][0-9]|30)|02-(?:0[1-9]|1[0-9]|2[0-8]))|"
            + YEAR_OF_29_FEBRUARY + "-02-29)";

    private static final String TIME = "(?:(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](?:\\.[0-9]{1,9})?"
            + "(?:[Zz]|[+-](?:[01][0-9]|2[0-3]):[0-5][0-9])|23:59:60(?:\\.[0-9]{1,9})?[Zz])";

    /** RFC 3339, appendix A. */
    private static final String DURATION_TIME = "T(?:[0-9]+H(?:[0-9]+M(?:[0-9]+S)?)?|[0-9]+M(?:[0-9]+S)?|[0-9]+S)";

    private static final String DURATION =
            "P(?:[0-9]+W|(?:[0-9]+Y(?:[0-9]+M(?:[0-9]+D)?)?|[0-9]+M(?:[0-9]+D)?|[0-9]+D)(?:" + DURATION_TIME + ")?|"
                    + DURATION_TIME + ")";

    /** RFC 1123: at most 63 characters in a label and 253 in all; three long labels or eight of at most 30. */
    private static final String HOSTNAME = "(?:" + labels(61, 2) + "|" + labels(28, 7) + ")";

    private static final String ATOM = "[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]";

    /** RFC 5321, section 4.1.2, without quoted local parts: at most 64 characters before the sign. */
    private static final String EMAIL = "(?:" + ATOM + "{1,64}|" + ATOM + "{1,31}\\." + ATOM + "{1,31}|" + ATOM
            + "{1,20}(?:\\." + ATOM + "{1,20}){0,2})@" + HOSTNAME;

    private static final String OCTET = "(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])";
    private static final String IPV4 = OCTET + "(?:\\." + OCTET + "){3}";
    private static final String IPV6 = ipv6("[0-9A-Fa-f]{1,4}");
    private static final String UUID = "[0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{12}";
    private static final String URI = uri();

    private static final Map<String, String> EXPRESSIONS = Map.ofEntries(
            Map.entry("date-time", DATE + "[Tt]" + TIME),
            Map.entry("date", DATE),
            Map.entry("time", TIME),
            Map.entry("duration", DURATION),
            Map.entry("email", EMAIL),
            Map.entry("hostname", HOSTNAME),
            Map.entry("ipv4", IPV4),
            Map.entry("ipv6", IPV6),
            Map.entry("uuid", UUID),
            Map.entry("uri", URI));

    private StringFormats() {}

    /** Returns the expression of a format, or null if it is not known. */
    static @Nullable String expression(String format) {
        return EXPRESSIONS.get(format);
    }

    private static String labels(int inner, int more) {
        String label = "[A-Za-z0-9](?:[A-Za-z0-9-]{0," + inner + "}[A-Za-z0-9])?";
        return label + "(?:\\." + label + "){0," + more + "}";
    }

    /** RFC 3986, section 3.2.2. */
    private static String ipv6(String group) {
        String g = group + ":";
        String last = "(?:" + g + group + "|" + IPV4 + ")";
        StringBuilder all = new StringBuilder("(?:(?:" + g + "){6}" + last);
        for (int before = 0; before <= 7; before++) {
            String begin = before == 0 ? "" : "(?:(?:" + g + "){0," + (before - 1) + "}" + group + ")?";
            int after = 5 - before;
            String end = after >= 0 ? "(?:" + g + "){" + after + "}" + last : before == 6 ? group : "";
            all.append('|').append(begin).append("::").append(end);
        }
        return all.append(')').toString();
    }

    /** RFC 3986, appendix A. */
    private static String uri() {
        String unreserved = "A-Za-z0-9._~!$&'()*+,;=";
        String escaped = "%[0-9A-Fa-f]{2}";
        String inPath = "(?:[" + unreserved + ":@-]|" + escaped + ")";
        String path = "(?:/" + inPath + "*)*";
        String host = "(?:\\[" + IPV6 + "\\]|(?:[" + unreserved + "-]|" + escaped + ")*)";
        String authority = "(?:(?:[" + unreserved + ":-]|" + escaped + ")*@)?" + host + "(?::[0-9]*)?";
        String afterPath = "(?:[" + unreserved + ":@/?-]|" + escaped + ")*";
        return "[A-Za-z][A-Za-z0-9+.-]*:(?://" + authority + path + "|/(?:" + inPath + "+" + path + ")?|" + inPath + "+"
                + path + ")?(?:\\?" + afterPath + ")?(?:#" + afterPath + ")?";
    }
}

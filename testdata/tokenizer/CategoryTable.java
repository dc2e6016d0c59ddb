import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * Prints the general category of every code point as run lengths: the source of {@code unicode-16-categories.txt}. Run
 * with a JDK whose Unicode version is 16 (JDK 25): {@code java CategoryTable.java > unicode-16-categories.txt}.
 */
class CategoryTable {

    private static final String[] NAMES = {
        "Cn", "Lu", "Ll", "Lt", "Lm", "Lo", "Mn", "Me", "Mc", "Nd", "Nl", "No", "Zs", "Zl", "Zp", "Cc", "Cf", "--", "Co",
        "Cs", "Pd", "Ps", "Pe", "Pc", "Po", "Sm", "Sc", "Sk", "So", "Pi", "Pf"
    };

    public static void main(String[] arguments) {
        PrintStream out = new PrintStream(System.out, false, StandardCharsets.US_ASCII);
        out.print("# Unicode 16 general categories, code point 0 onwards: category, then run length in base 36\n");
        int column = 0;
        for (int start = 0, end; start <= Character.MAX_CODE_POINT; start = end) {
            end = start + 1;
            while (end <= Character.MAX_CODE_POINT && Character.getType(end) == Character.getType(start)) {
                end++;
            }
            String run = NAMES[Character.getType(start)] + Integer.toString(end - start, 36);
            column += run.length() + 1;
            out.print(column > 118 ? "\n" : column == run.length() + 1 ? "" : " ");
            column = column > 118 ? run.length() + 1 : column;
            out.print(run);
        }
        out.print("\n");
        out.flush();
    }
}

package dev.nemotron.template.jinja;

import dev.nemotron.template.jinja.Token.Kind;
import java.math.BigInteger;

/** Number literals. */
final class NumberLiteral {

    private static final int MAX_LENGTH = 4300;

    private NumberLiteral() {}

    static Expression parse(Token token) {
        String digits = token.text().replace("_", "");
        if (digits.length() > MAX_LENGTH) {
            throw new TemplateFault("number of more than " + MAX_LENGTH + " digits, the limit", token.position());
        }
        if (token.kind() == Kind.FLOAT) {
            return new Expression.Literal(new FloatValue(Double.parseDouble(digits)));
        }
        int radix = digits.length() < 2
                ? 10
                : switch (digits.charAt(1)) {
                    case 'x', 'X' -> 16;
                    case 'o', 'O' -> 8;
                    case 'b', 'B' -> 2;
                    default -> 10;
                };
        BigInteger value = new BigInteger(radix == 10 ? digits : digits.substring(2), radix);
        return new Expression.Literal(new IntValue(value));
    }
}

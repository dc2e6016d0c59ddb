package dev.nemotron.template.jinja;

import dev.nemotron.template.jinja.Token.Kind;
import java.util.ArrayList;
import java.util.List;

/** Reads what is assigned to. */
record TargetParser(TokenStream tokens, ExpressionParser expressions) {

    private static final List<String> CONSTANTS = List.of("true", "false", "none", "True", "False", "None");

    /** What {@code set}, {@code for} and {@code with} assign to; a namespace's attribute only where {@code attributes}. */
    Target target(boolean attributes) {
        tokens.enter(1);
        List<Target> targets = new ArrayList<>();
        boolean tuple = false;
        while (!expressions.endsTuple()) {
            targets.add(singleTarget(attributes));
            if (!tokens.skipOperator(",")) {
                break;
            }
            tuple = true;
        }
        tokens.leave(1);
        if (targets.isEmpty()) {
            throw tokens.expected("a name to assign to");
        }
        return tuple ? new Target.Tuple(targets) : targets.getFirst();
    }

    private Target singleTarget(boolean attributes) {
        if (tokens.skipOperator("(")) {
            Target target = target(attributes);
            tokens.expectOperator(")");
            return target;
        }
        Token name = tokens.peek();
        if (name.kind() != Kind.NAME || name.isAnyName(CONSTANTS)) {
            throw new TemplateFault("can't assign to " + name.describe(), name.position());
        }
        tokens.take();
        if (attributes && tokens.skipOperator(".")) {
            String attribute = tokens.expect(Kind.NAME).text();
            return new Target.Attribute(name.text(), attribute, name.position());
        }
        return new Target.Variable(name.text());
    }
}

package dev.nemotron.grammar;

import dev.nemotron.grammar.Expression.Arc;
import java.util.ArrayList;
import java.util.List;

/** How the members of an object are written: a graph whose nodes know how many members are there already. */
final class ObjectText {

    private static final int MAX_NODES = 20_000;

    /** A member that is given. */
    record Member(Expression text, boolean required) {}

    private final List<Member> members;
    private final Expression free;
    private final int least;
    private final int most;

    /** How many members are counted: one is enough where only the comma depends on it. */
    private final int counted;

    private final List<Arc> arcs = new ArrayList<>();

    /**
     * Lays the graph out.
     *
     * @param members the members of given names
     * @param free one member of another name
     * @param least how many there have to be at least
     * @param most and at most
     */
    ObjectText(List<Member> members, Expression free, int least, int most) {
        this.members = members;
        this.free = free;
        this.least = least;
        this.most = most;
        long required = members.stream().filter(Member::required).count();
        boolean bounded = least > required || most < members.size();
        boolean boundsOthers = most != Expression.UNBOUNDED && !free.equals(Expression.NOTHING);
        int all = members.size();
        int needed = bounded || boundsOthers ? Math.min(all, most == Expression.UNBOUNDED ? least : all) : 1;
        this.counted = Math.max(1, needed);
    }

    /** Whether the graph would be too large. */
    boolean tooLarge() {
        return (long) (counted + 1) * (members.size() + 1) * 2 > MAX_NODES + 4L * members.size();
    }

    Expression expression() {
        int nodes = (members.size() + 1) * (counted + 1);
        int joins = members.size() * (counted + 1);
        int end = nodes + joins;
        for (int place = 0; place < members.size(); place++) {
            Member member = members.get(place);
            Expression text = counted > 1 ? once(member.text()) : member.text();
            for (int count = 0; count <= counted; count++) {
                if (!member.required()) {
                    arcs.add(new Arc(node(place, count), Expression.EMPTY, node(place + 1, count)));
                }
                int next = Math.min(count + 1, counted);
                if (next <= most) {
                    int join = nodes + place * (counted + 1) + next;
                    arcs.add(new Arc(node(place, count), count == 0 ? Expression.EMPTY : JsonText.COMMA, join));
                }
            }
            for (int next = 1; next <= counted; next++) {
                arcs.add(new Arc(nodes + place * (counted + 1) + next, text, node(place + 1, next)));
            }
        }
        for (int count = 0; count <= counted; count++) {
            arcs.add(new Arc(node(members.size(), count), others(count), end));
        }
        return Expression.sequence(JsonText.OBJECT_BEGIN, new Expression.Graph(end + 1, arcs), JsonText.OBJECT_END);
    }

    private int node(int place, int count) {
        return place * (counted + 1) + count;
    }

    private static Expression once(Expression text) {
        Rule rule = new Rule("member");
        rule.define(text);
        return new Expression.Call(rule);
    }

    private Expression others(int count) {
        int max = most == Expression.UNBOUNDED ? most : most - count;
        if (max < 0) {
            return Expression.NOTHING;
        }
        return ArraySchema.listed(free, Math.max(0, least - count), max, count > 0);
    }
}

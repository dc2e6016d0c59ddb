package dev.nemotron.template.jinja;

/**
 * Where evaluation stands.
 *
 * @param rendering the rendering as a whole
 * @param root the outermost scope that the template can set names in
 * @param scope the names in sight
 * @param out where output goes
 */
record Frame(Rendering rendering, Scope root, Scope scope, TextBuilder out) {

    /** A frame with a new scope inside the present one. */
    Frame inner() {
        return new Frame(rendering, root, new Scope(scope), out);
    }

    /** A frame with a new scope inside the present one that collects its output. */
    Frame capturing() {
        return new Frame(rendering, root, new Scope(scope), rendering.buffer());
    }

    void at(int position) {
        rendering.at(position);
    }
}

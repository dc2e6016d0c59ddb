package dev.nemotron.template.jinja;

/** Python's {@code None}. */
enum NoneValue implements Value {
    /** The only one. */
    NONE;

    @Override
    public String type() {
        return "NoneType";
    }

    @Override
    public boolean truthy() {
        return false;
    }

    @Override
    public void repr(TextBuilder out) {
        out.append("None");
    }
}

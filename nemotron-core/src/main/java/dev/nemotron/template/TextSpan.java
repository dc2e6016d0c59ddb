package dev.nemotron.template;

/**
 * A piece of rendered text.
 *
 * @param text the piece
 * @param trusted true where the template wrote it, so that control tokens in it are meant; false where it came from a
 *     message, a tool or another variable, so that what looks like a control token is plain text
 */
public record TextSpan(String text, boolean trusted) {}

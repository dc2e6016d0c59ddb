/**
 * The template language of chat templates: Jinja2 as transformers configures it, as a lexer, a parser and a tree
 * interpreter over a closed set of values. Templates are foreign code, so nothing of the host can be reached, every
 * resource is limited, and each piece of the output remembers whether the template or its input wrote it.
 */
@NullMarked
package dev.nemotron.template.jinja;

import org.jspecify.annotations.NullMarked;

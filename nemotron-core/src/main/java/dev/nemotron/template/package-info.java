/**
 * From a conversation to the text that a model was trained on: finding the chat template of a model folder, bringing
 * messages into the form that it expects, and rendering it.
 */
@NullMarked
package dev.nemotron.template;

import org.jspecify.annotations.NullMarked;

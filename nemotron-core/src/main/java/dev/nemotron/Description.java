package dev.nemotron;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Says to the model what something is for. It becomes the description of a tool, of a parameter, or of a part of a structured
 * answer, wherever a JSON Schema is made from Java code.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD, ElementType.PARAMETER, ElementType.RECORD_COMPONENT})
public @interface Description {

    /**
     * The text for the model.
     *
     * @return one or two sentences
     */
    String value();
}

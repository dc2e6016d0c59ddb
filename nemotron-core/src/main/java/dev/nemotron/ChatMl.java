package dev.nemotron;

/**
 * A template for the ChatML format, for models that come without a template of their own. It is never chosen by itself:
 * a model answers well only in the format that it was trained on.
 *
 * {@snippet lang = java:
 * request.rendering(Rendering.DEFAULT.withTemplate(ChatMl.TEMPLATE));
 * }
 */
public final class ChatMl {

    /** The source of the template. */
    public static final String TEMPLATE = """
            {%- for message in messages -%}
                {{- '<|im_start|>' ~ message.role ~ '\\n' -}}
                {%- if message.content is string -%}
                    {{- message.content -}}
                {%- else -%}
                    {{- message.content | selectattr('type', 'equalto', 'text') | map(attribute='text') | join('\\n') -}}
                {%- endif -%}
                {%- for call in message.tool_calls or [] -%}
                    {%- set call = call.function | default(call) -%}
                    {{- '\\n' if message.content or not loop.first -}}
                    {{- '<tool_call>\\n{"name": "' ~ call.name ~ '", "arguments": ' -}}
                    {{- call.arguments if call.arguments is string else call.arguments | tojson -}}
                    {{- '}\\n</tool_call>' -}}
                {%- endfor -%}
                {{- '<|im_end|>\\n' -}}
            {%- endfor -%}
            {%- if add_generation_prompt -%}
                {{- '<|im_start|>assistant\\n' -}}
            {%- endif -%}
            """;

    private ChatMl() {}
}

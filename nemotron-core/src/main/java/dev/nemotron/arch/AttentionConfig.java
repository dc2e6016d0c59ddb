package dev.nemotron.arch;

import dev.nemotron.ModelFormatException;

/**
 * The sizes of attention.
 *
 * @param queryHeads H
 * @param keyValueHeads K, divides H
 * @param headWidth P, not derived from the hidden size
 */
public record AttentionConfig(int queryHeads, int keyValueHeads, int headWidth) {

    static AttentionConfig parse(ConfigKeys keys) {
        AttentionConfig config = new AttentionConfig(
                keys.size(32, "num_attention_heads"),
                keys.size(8, "num_key_value_heads"),
                keys.size(128, "head_dim", "attention_head_dim"));
        keys.product("num_attention_heads * head_dim", config.queryHeads, config.headWidth);
        if (config.queryHeads % config.keyValueHeads != 0) {
            throw new ModelFormatException(keys.source() + ": num_attention_heads " + config.queryHeads
                    + " is not a multiple of num_key_value_heads " + config.keyValueHeads);
        }
        return config;
    }
}

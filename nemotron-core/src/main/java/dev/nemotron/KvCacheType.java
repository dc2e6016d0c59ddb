package dev.nemotron;

/** How keys and values of attention layers are stored. */
public enum KvCacheType {
    /** 16 bits, rounded to nearest even: the default, and what the models were trained with. */
    BF16,
    /** 32 bits: twice the memory, no rounding. */
    F32
}

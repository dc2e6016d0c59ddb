package dev.nemotron.bench;

import java.util.List;

/**
 * Where the time of a model goes.
 *
 * @param machine what the machine allowed when this was measured
 * @param decode the operations of a step that generates a token
 * @param prefill the operations of a prompt
 */
record Profile(MachineLimits machine, List<OperationProfile.Line> decode, List<OperationProfile.Line> prefill) {

    Profile {
        decode = List.copyOf(decode);
        prefill = List.copyOf(prefill);
    }
}

package dev.nemotron.layer;

import dev.nemotron.layer.Workspace.Slot;
import dev.nemotron.spi.Backend;
import dev.nemotron.spi.Buffer;
import dev.nemotron.spi.ExpertBank;
import dev.nemotron.spi.LayerState;
import dev.nemotron.spi.RouterRule;
import dev.nemotron.spi.Routing;
import dev.nemotron.spi.Step;
import org.jspecify.annotations.Nullable;

/**
 * Mixture of experts (2.6), with the routed experts in a latent space where the model has one (2.7). The router and the
 * shared expert read the full width.
 *
 * @param rule how experts are chosen
 * @param gate the router, [E, D]
 * @param correction what is added to the scores for the choice only, [E]
 * @param experts the routed experts
 * @param routing room for the choice
 * @param latent the way into and out of the latent space, or null where the experts have the model's width
 * @param shared the expert that is always on, or null where there is none
 */
public record MoeBlock(
        RouterRule rule,
        Linear gate,
        Buffer correction,
        ExpertBank experts,
        Routing routing,
        @Nullable Latent latent,
        @Nullable Mlp shared)
        implements Mixer {

    /**
     * The way into and out of the latent space.
     *
     * @param in [L, D]
     * @param out [D, L]
     */
    public record Latent(Linear in, Linear out) {}

    @Override
    public void forward(Step step, int layer, Buffer normed, Workspace workspace, Buffer out) {
        Backend backend = workspace.backend();
        int rows = step.rows();
        Buffer logits = workspace.take(Slot.KEYS, (long) rows * rule.experts());
        gate.forward(backend, step, normed, logits);
        backend.route(rule, logits, correction, rows, routing);
        if (latent == null) {
            backend.experts(experts, routing, normed, rows, out);
        } else {
            Buffer compressed =
                    workspace.take(Slot.VALUES, (long) rows * latent.in().outputs());
            Buffer routed =
                    workspace.take(Slot.ROUTED, (long) rows * latent.in().outputs());
            latent.in().forward(backend, step, normed, compressed);
            backend.experts(experts, routing, compressed, rows, routed);
            latent.out().forward(backend, step, routed, out);
        }
        if (shared != null) {
            long floats = (long) rows * shared.down().outputs();
            Buffer always = workspace.take(Slot.INNER, floats);
            shared.forward(step, layer, normed, workspace, always);
            backend.add(always, out, floats);
        }
    }

    @Override
    public LayerState newState() {
        return NoState.INSTANCE;
    }
}

package dev.nemotron.spi;

/**
 * The parameters of a Mamba-2 mixer apart from its projections.
 *
 * @param shape the sizes
 * @param convWeight the taps, [J][channels]
 * @param convBias [channels], zeros where the checkpoint has none
 * @param timeStepBias added to the raw time steps, [H]
 * @param decay A = −exp(A_log), [H]
 * @param skip D, [H]
 * @param timeStepMin the smallest time step after softplus
 * @param timeStepMax the largest time step after softplus
 */
public record MambaParameters(
        ScanShape shape,
        Buffer convWeight,
        Buffer convBias,
        Buffer timeStepBias,
        Buffer decay,
        Buffer skip,
        float timeStepMin,
        float timeStepMax) {}

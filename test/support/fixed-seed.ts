import fc from "fast-check";

/**
 * Property tests use the same values in every run, so that a failure comes from a change of ours. `FC_SEED=$RANDOM npm test` tries others.
 */
fc.configureGlobal({ seed: Number(process.env.FC_SEED ?? 20_261_125) });

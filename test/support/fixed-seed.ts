import fc from "fast-check";

/** Properties are tried on the same values in every run, so that a red test means a change of ours; `FC_SEED=$RANDOM npm test` explores others. */
fc.configureGlobal({ seed: Number(process.env.FC_SEED ?? 20_261_125) });

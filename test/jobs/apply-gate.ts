import type { Catalogue } from "../../src/catalogue/open-catalogue.ts";

/** Keeps runs waiting at the moment at which they are to write their plan. */
export interface ApplyGate {
  /** True from the moment on at which a run stands before it. */
  isReached(): boolean;
  /** Lets them, and all that follow, write. */
  open(): void;
  /** The catalogue as a worker sees it whose runs are kept waiting. */
  around(catalogue: Catalogue): Catalogue;
}

/** A gate that is shut. */
export function applyGate(): ApplyGate {
  let open: () => void = () => undefined;
  let isReached = false;
  const gate = new Promise<void>((go) => {
    open = go;
  });
  return {
    isReached: () => isReached,
    open: () => open(),
    around: (catalogue) => {
      const plans = Object.create(catalogue.plans) as Catalogue["plans"];
      plans.apply = async (...asked) => {
        isReached = true;
        await gate;
        return catalogue.plans.apply(...asked);
      };
      return { ...catalogue, plans };
    },
  };
}

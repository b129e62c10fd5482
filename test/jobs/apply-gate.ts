import type { Catalogue } from "../../src/catalogue/open-catalogue.ts";

/** Makes runs wait just before they write their plan. */
export interface ApplyGate {
  /** True once a run waits. */
  isReached(): boolean;
  /** Lets the waiting and all later runs write. */
  open(): void;
  /** Wraps the catalogue for a worker whose runs must wait. */
  around(catalogue: Catalogue): Catalogue;
}

/** Creates a closed gate. */
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
      plans.apply = async (...args) => {
        isReached = true;
        await gate;
        return catalogue.plans.apply(...args);
      };
      return { ...catalogue, plans };
    },
  };
}

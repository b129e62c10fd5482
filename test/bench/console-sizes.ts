/** Size of the catalogue for the console's bench. */
export interface ConsoleSize {
  /** Generated aids; two real feeds add about 700. */
  readonly aids: number;
  /** Including our own. */
  readonly connectors: number;
  /** Nightly runs of every generated connector. */
  readonly nights: number;
  /** Changes of the two open plans. */
  readonly plans: readonly [large: number, small: number];
  /** Entries of the audit trail. */
  readonly acts: number;
}

/** On a server, the size expected in production; embedded, that of a trial or a single user; large, the largest we plan for. */
export const consoleSizes: Readonly<Record<"postgresql" | "embedded" | "large", ConsoleSize>> = {
  postgresql: { aids: 100_000, connectors: 500, nights: 43, plans: [50_000, 50], acts: 20_000 },
  large: { aids: 200_000, connectors: 10_000, nights: 10, plans: [50_000, 50], acts: 20_000 },
  embedded: { aids: 4_300, connectors: 50, nights: 24, plans: [2_500, 50], acts: 1_000 },
};

/** Returns the id of a generated connector. */
export function madeUp(number: number, many: number): string {
  return `producteur-${String(number % many).padStart(3, "0")}`;
}

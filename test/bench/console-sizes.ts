/** How large the catalogue is that the console is measured on. */
export interface ConsoleSize {
  /** Beside those of two real feeds, some 700. */
  readonly aids: number;
  /** Our own among them. */
  readonly connectors: number;
  /** Runs of every connector that is made up: one a night. */
  readonly nights: number;
  /** Changes of the two open plans. */
  readonly plans: readonly [large: number, small: number];
  /** Entries of the audit trail. */
  readonly acts: number;
}

/** On a server, the catalogue as it will be; on the embedded one, what somebody has who tries it or works alone. */
export const consoleSizes: Readonly<Record<"postgresql" | "embedded", ConsoleSize>> = {
  postgresql: { aids: 100_000, connectors: 500, nights: 43, plans: [50_000, 50], acts: 20_000 },
  embedded: { aids: 4_300, connectors: 50, nights: 24, plans: [2_500, 50], acts: 1_000 },
};

/** Id of a made-up connector, of which there are so many. */
export function madeUp(number: number, many: number): string {
  return `producteur-${String(number % many).padStart(3, "0")}`;
}

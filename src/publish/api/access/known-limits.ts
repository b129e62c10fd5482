import type { Limit } from "./limit.ts";

/** Limits, in requests a minute. Of whoever has no key: by address. */
export const anonymousLimit: Limit = { name: "anonymous", most: 120 };

/** Of keys that are exchanged for a token: by address. */
export const exchangeLimit: Limit = { name: "exchange", most: 10 };

/** Of tokens that are refused: by address. */
export const refusedLimit: Limit = { name: "refused", most: 30 };

/** Of a key: by key, wherever it is used. */
export function keyLimit(perMinute: number): Limit {
  return { name: "key", most: perMinute };
}

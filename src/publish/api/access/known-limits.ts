import type { Limit } from "./limit.ts";

/** Limits in requests a minute. Clients without a key, by address. */
export const anonymousLimit: Limit = { name: "anonymous", most: 120 };

/** Exchanges of a key for a token, by address. */
export const exchangeLimit: Limit = { name: "exchange", most: 10 };

/** Refused tokens, by address. */
export const refusedLimit: Limit = { name: "refused", most: 30 };

/** Requests with a key, from any address. */
export function keyLimit(perMinute: number): Limit {
  return { name: "key", most: perMinute };
}

import { setTimeout as delay } from "node:timers/promises";

const lookEveryMs = 20;

/** Polls until there is a result, and returns it. Fails with `what` after the timeout. */
export async function until<T>(
  what: string,
  look: () => Promise<T | null | undefined | false> | T | null | undefined | false,
  withinMs = 60_000,
): Promise<T> {
  const begun = performance.now();
  for (;;) {
    const seen = await look();
    if (seen !== null && seen !== undefined && seen !== false) return seen;
    if (performance.now() - begun > withinMs) throw new Error(`waited ${withinMs / 1000} s in vain: ${what}`);
    await delay(lookEveryMs);
  }
}

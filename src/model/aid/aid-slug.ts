import { type Aid, limits } from "./aid.ts";

/** Numbers of the API from here on are ours. Those below belong to Aides-territoires, which will not count so far. */
export const firstOwnNumber = 1_000_000;

/** Returns the number of an aid on Aides-territoires, or null if it has none or the text is no such number. */
export function siteNumberOf({ siteNumber }: Pick<Aid, "siteNumber">): number | null {
  return siteNumber !== null && /^[1-9]\d{0,5}$/.test(siteNumber) ? Number(siteNumber) : null;
}

/**
 * Returns the aid's name in addresses: that of Aides-territoires if it has one, because its clients store it. As there, four characters of
 * the id distinguish aids with equal titles.
 */
export function aidSlug({ aidId, name, siteSlug }: Pick<Aid, "aidId" | "name" | "siteSlug">): string {
  if (siteSlug !== null && /^[a-z0-9_-]+$/.test(siteSlug)) return siteSlug;
  const words = name.toLowerCase().replaceAll("œ", "oe").replaceAll("æ", "ae").normalize("NFD").replace(/\p{M}/gu, "");
  return `${aidId.slice(0, 4)}-${words.replace(/[^a-z0-9]+/g, "-").replace(/^-/, "")}`.slice(0, limits.line).replace(/-+$/, "");
}

import { type Aid, limits } from "./aid.ts";

/** Returns the aid's name in addresses. As on Aides-territoires, four characters of the id distinguish aids with equal titles. */
export function aidSlug({ aidId, name }: Pick<Aid, "aidId" | "name">): string {
  const words = name.toLowerCase().replaceAll("œ", "oe").replaceAll("æ", "ae").normalize("NFD").replace(/\p{M}/gu, "");
  return `${aidId.slice(0, 4)}-${words.replace(/[^a-z0-9]+/g, "-").replace(/^-/, "")}`.slice(0, limits.line).replace(/-+$/, "");
}

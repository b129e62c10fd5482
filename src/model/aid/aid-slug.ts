import { type Aid, limits } from "./aid.ts";

/** Name in the address of an aid: four characters of our id keep aids of one title apart, as Aides-territoires' own did. */
export function aidSlug({ aidId, name }: Pick<Aid, "aidId" | "name">): string {
  const words = name.toLowerCase().replaceAll("œ", "oe").replaceAll("æ", "ae").normalize("NFD").replace(/\p{M}/gu, "");
  return `${aidId.slice(0, 4)}-${words.replace(/[^a-z0-9]+/g, "-").replace(/^-/, "")}`.slice(0, limits.line).replace(/-+$/, "");
}

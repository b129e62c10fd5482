import type { EdgeCase } from "../edge-case.ts";
import { fieldCase, type Looked } from "../field-cases.ts";
import { titles } from "../kinds.ts";

function shown(out: unknown, { put }: Looked): string {
  if (out === put) return String(out).length > 100 ? "kept whole" : "kept as written";
  return `kept "${String(out).slice(0, 80)}"`;
}

const written = (name: string, value: unknown): EdgeCase => fieldCase(`title: ${name}`, titles, () => ({ value }), shown);

/** Values of a title. */
export const titleCases: readonly EdgeCase[] = [
  fieldCase("title: absent", titles, () => ({ absent: true }), shown),
  written('""', ""),
  fieldCase("title: null", titles, ({ feed }) => (feed.isJson ? { value: null } : { none: "the format has no null" }), shown),
  written("a number", 2024),
  written("300 characters", "a".repeat(300)),
  written("255 characters of two bytes", "é".repeat(255)),
  written("256 characters, the last one of four bytes", `${"é".repeat(255)}🌾`),
  written("entities", "L&rsquo;aide &amp;amp; l&#39;&eacute;cole"),
  written("<span>", "Aide à <span class='x'>l'achat</span>"),
  fieldCase(
    "title: an object",
    titles,
    ({ feed }) => (feed.isJson ? { value: { fr: "Une aide" } } : { none: "the format has no objects" }),
    shown,
  ),
];

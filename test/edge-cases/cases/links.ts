import type { EdgeCase } from "../edge-case.ts";
import { fieldCase, type Looked } from "../field-cases.ts";
import { links } from "../kinds.ts";

function shown(out: unknown, { put }: Looked): string {
  if (out === null) return "kept, no link";
  return out === put ? "kept as written" : `kept ${String(out)}`;
}

const written = (name: string, value: string): EdgeCase => fieldCase(`link: ${name}`, links, () => ({ value }), shown);

/** Notations of a link. */
export const linkCases: readonly EdgeCase[] = [
  written("http", "http://www.exemple.fr/aides/77/fr/eau"),
  written("accented", "https://www.exemple.fr/aides/77/été/l’eau"),
  written("with a blank", "https://www.exemple.fr/aides/77/fr/une aide"),
  written("with a blank in the scheme", "https: //www.exemple.fr/aides/77/fr/eau"),
  written("relative", "/aides/77/fr/eau"),
  written("without a scheme", "www.exemple.fr/aides/77/fr/eau"),
  written("more than 700 characters", `https://www.exemple.fr/aides/77/fr/${"x".repeat(700)}`),
  written("javascript", "javascript:alert(1)"),
];

import type { Child } from "hono/jsx";
import { Badge } from "../../parts/badge.tsx";
import type { MadeLetter } from "./letter-at.ts";

/** Whether the address of a letter leads to it. */
export function AddressBadge({ letter }: { readonly letter: Pick<MadeLetter, "revokedAt"> }): Child {
  return letter.revokedAt === null ? <Badge tone="success" label="adresse active" /> : <Badge tone="neutral" label="adresse révoquée" />;
}

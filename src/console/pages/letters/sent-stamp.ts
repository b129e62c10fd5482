import type { MadeLetter } from "./letter-at.ts";

/** Field of the form that sends a letter: when it had last been sent as the form was made. */
export const sentField = "envoyee";

/** When a letter was last sent, as its form carries it; "" where it was not. */
export function sentStamp({ sentAt }: Pick<MadeLetter, "sentAt">): string {
  return sentAt?.toISOString() ?? "";
}

import type { CatalogueJump } from "../../../catalogue/published/catalogue-jump-repository.ts";

/** An entry of the feed of changes. `id`: permanent. `updated`: ISO instant. Texts are in French. */
export interface ChangeEntry {
  readonly id: string;
  readonly updated: string;
  readonly title: string;
  readonly text: string;
  /** Lets a program recognise the entry. */
  readonly category?: "jump";
}

const ends = {
  applied: { title: "Saut du catalogue fait", text: "Ces changements sont publiés" },
  discarded: { title: "Saut du catalogue abandonné", text: "Ces changements n’auront pas lieu" },
  overtaken: { title: "Saut du catalogue abandonné", text: "Ces changements n’auront pas lieu : un import plus récent les remplace" },
} as const;

/** Returns the entries of a jump of the catalogue: that it waits, then that it was applied or given up. `source`: name of the publisher, or null. */
export function jumpEntries(jump: CatalogueJump, source: string | null): readonly ChangeEntry[] {
  const from = source ?? "plusieurs sources";
  const counts = `${counted(jump.added, "ajoutée")}, ${counted(jump.changed, "modifiée")}, ${counted(jump.removed, "retirée")}`;
  const end = jump.state in ends ? ends[jump.state as keyof typeof ends] : null;
  const announced: ChangeEntry = {
    id: `jump-${jump.planId}`,
    updated: jump.createdAt,
    title: `Saut du catalogue annoncé : ${from}`,
    text: `Plus d’un dixième des aides publiées va changer (${from}) : ${counts}. Ces changements attendent une décision, et arriveront par changed_since : ce n’est pas une erreur.`,
    category: "jump",
  };
  const ended = end !== null &&
    jump.endedAt !== null && {
      id: `jump-${jump.planId}-${jump.state}`,
      updated: jump.endedAt,
      title: `${end.title} : ${from}`,
      text: `${end.text} (${from}) : ${counts}.`,
      category: "jump" as const,
    };
  return [...(ended ? [ended] : []), ...(jump.waits ? [announced] : [])];
}

function counted(count: number, done: string): string {
  const plural = count > 1 ? "s" : "";
  return `${count} aide${plural} ${done}${plural}`;
}

import type { GuardCode, GuardFinding } from "../../model/plan/guard.ts";
import { fieldNameOrKey } from "../fields.ts";
import { counted, french, isPlural } from "../typography.ts";

type Sentence = (finding: GuardFinding, params: NonNullable<GuardFinding["params"]>) => string;

const aids = ({ found }: GuardFinding) => counted(found, "aide");
const fields = (p: NonNullable<GuardFinding["params"]>) =>
  String(p.fields ?? "")
    .split(",")
    .filter(Boolean)
    .map((name) => french`« ${fieldNameOrKey(name)} »`)
    .join(", ");

/** What guards find in a feed, in words for its publisher. Null: the finding is about our catalogue, or an anomaly of the letter says it. */
const sentences: Readonly<Record<GuardCode, Sentence | null>> = {
  "path-missing": (_, p) => {
    const renamed = p.to === undefined ? "" : french` Il semble s'appeler désormais « ${p.to} ».`;
    return french`Le champ « ${p.path} » n'est plus rempli dans aucune aide.${renamed} Est-ce voulu ?`;
  },
  "values-moved": (g, p) =>
    french`Dans ${aids(g)}, ${fields(p)} contient ce que contenait un autre champ. Deux colonnes ont-elles été échangées ?`,
  "titles-changed": (g) =>
    french`${aids(g)} ${isPlural(g.found) ? "ont" : "a"} un titre entièrement nouveau sous le même identifiant. Est-ce voulu ?`,
  "texts-shrunk": (g, p) => french`Dans ${aids(g)}, ${fields(p)} a perdu plus de la moitié de son texte. Est-il coupé par l'export ?`,
  "markup-appeared": (g, p) => french`Dans ${aids(g)}, des balises comme <p> sont devenues visibles (${fields(p)}).`,
  "characters-broken": (g, p) => french`Dans ${aids(g)}, des lettres accentuées sont devenues illisibles (${fields(p)}).`,
  "language-changed": (g) => french`Les textes de ${aids(g)} ne sont plus en français. Est-ce voulu ?`,
  "dates-swapped": (g, p) => french`Dans ${aids(g)}, le jour et le mois ont été inversés (${fields(p)}).`,
  "field-emptied": (g) =>
    french`${aids(g)} ne ${isPlural(g.found) ? "donnent" : "donne"} plus : ${fieldNameOrKey(g.field ?? "")}. Est-ce voulu ?`,
  "dates-month-first": (g) =>
    french`Aucune date de « ${fieldNameOrKey(g.field ?? "submissionDeadline")} » n'est après le 12 du mois : le jour et le mois ont sans doute été inversés, et d'autres dates perdues.`,
  "dates-conventional": (g) =>
    french`Toutes les dates de « ${fieldNameOrKey(g.field ?? "startDate")} » sont un premier jour du mois ou un 31 décembre. Connaissez-vous les dates exactes ?`,
  "content-repeated": (g, p) =>
    french`Le même texte revient dans ${g.found} des ${p.of} aides qui ont ce champ : ${fieldNameOrKey(g.field ?? "description")}. Est-ce voulu ?`,
  "deadlines-expired": () => french`Toutes les dates de clôture sont passées. Vos données sont-elles à jour ?`,
  "deadlines-past": () => french`Toutes les dates de clôture sont passées. Vos données sont-elles à jour ?`,
  "rare-path-missing": null,
  "nothing-received": null,
  "none-valid": null,
  "fewer-than-expected": null,
  "aids-gone": null,
  "new-ids": null,
  "records-rejected": null,
  "links-moved": null,
  "first-run-of-draft": null,
  "undone-before": null,
  "dates-swapped-elsewhere": null,
  "field-held": null,
  "unmapped-risen": null,
  "known-elsewhere": null,
  "sources-contradict": null,
};

/** Returns true if a publisher can check or correct what a guard found. */
export function isAboutFeed(code: GuardCode): boolean {
  return sentences[code] !== null;
}

/** Returns what a guard found, for the publisher; null if it does not concern the publisher. */
export function noticedSentence(finding: GuardFinding): string | null {
  return sentences[finding.code]?.(finding, finding.params ?? {}).replace(/^./, (letter) => letter.toLocaleUpperCase("fr")) ?? null;
}

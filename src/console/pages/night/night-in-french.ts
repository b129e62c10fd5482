import { counted, french } from "../../../french/typography.ts";

/** How much of what is not as it should be. */
export interface NightFacts {
  readonly held: number;
  /** Failed on our side, or were abandoned. */
  readonly failed: number;
  /** The publisher's feed could not be had, or read. */
  readonly unread: number;
  readonly late: number;
  readonly silent: number;
  /** Definitions that are refused, or gone. */
  readonly refused: number;
  /** Files that somebody is to bring. */
  readonly toBring: number;
  /** Runs that ended in the period. */
  readonly ended: number;
}

/** Whether everything is all right, in one sentence with a full stop. */
export function nightVerdict(facts: NightFacts): string {
  const found = [
    some(facts.held, "collecte retenue", "collectes retenues"),
    some(facts.failed, "collecte en échec", "collectes en échec"),
    some(facts.unread, "flux non lu", "flux non lus"),
    some(facts.late, "collecte en retard", "collectes en retard"),
    some(facts.refused, "connecteur non lu", "connecteurs non lus"),
    some(facts.silent, "connecteur silencieux", "connecteurs silencieux"),
    some(facts.toBring, "fichier à demander", "fichiers à demander"),
  ].filter((said) => said !== null);
  if (found.length > 0) return french`Il y a à faire : ${found.join(", ")}.`;
  if (facts.ended === 0) return french`Rien à signaler : aucune collecte n'était attendue.`;
  return french`Tout va bien : ${counted(facts.ended, "collecte terminée", "collectes terminées")}, aucune n'attend de décision.`;
}

function some(count: number, one: string, many: string): string | null {
  return count === 0 ? null : counted(count, one, many);
}

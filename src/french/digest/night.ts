import type { DigestPeriod, NightTotals } from "../../model/run/digest.ts";
import type { Outcome } from "../../model/run/run-error.ts";
import { parisDay } from "../../model/text/paris-day.ts";
import { momentOf } from "../moments.ts";
import { counted, french } from "../typography.ts";

const dayInMs = 86_400_000;

/** Outcomes in display order: singular, plural. */
const endings: readonly (readonly [outcome: Outcome, one: string, many: string])[] = [
  ["applied", "appliquée", "appliquées"],
  ["applied-with-rejects", "appliquée avec des rejets", "appliquées avec des rejets"],
  ["unchanged", "sans changement", "sans changement"],
  ["planned", "préparée seulement", "préparées seulement"],
  ["held", "retenue", "retenues"],
  ["unreachable", "serveur injoignable", "serveurs injoignables"],
  ["refused", "accès refusé", "accès refusés"],
  ["unreadable", "flux illisible", "flux illisibles"],
  ["stopped-early", "flux interrompu", "flux interrompus"],
  ["cancelled", "arrêtée par quelqu’un", "arrêtées par quelqu’un"],
  ["abandoned", "interrompue", "interrompues"],
  ["failed", "en échec", "en échec"],
];

/** Returns the period of the page, and its number of nights. */
export function periodSentence({ since, until }: DigestPeriod): string {
  const nights = Math.round((Date.parse(parisDay(new Date(until))) - Date.parse(parisDay(new Date(since)))) / dayInMs);
  const howMany = nights === 0 ? "" : ` (${counted(nights, "nuit")})`;
  return `Du ${momentOf(since)} au ${momentOf(until)}${howMany}.`;
}

/** Returns the outcomes of the runs, those that people requested apart, and their changes. */
export function nightSentence({ runs, requested = {}, created, linked = 0, updated, restored, withdrawn }: NightTotals): string {
  const [ended, byPeople] = [endedSentence(runs), endedSentence(requested)];
  if (ended === null && byPeople === null) return "Aucune collecte ne s’est terminée.";
  const links = linked === 0 ? "" : french` (dont ${counted(linked, "rattachée")} à une aide d'un autre connecteur)`;
  const changes = [
    `${counted(created, "aide créée", "aides créées")}${links}`,
    counted(updated, "modifiée"),
    counted(withdrawn, "retirée"),
  ];
  if (restored > 0) changes.push(counted(restored, "revenue"));
  return [
    ...(ended === null ? [] : [ended]),
    ...(byPeople === null ? [] : [french`À la demande d'une personne, ${byPeople}`]),
    french`Au catalogue : ${changes.join(", ")}.`,
  ].join(" ");
}

/** Returns a sentence with the number of runs and their outcomes; null without runs. */
function endedSentence(runs: NightTotals["runs"]): string | null {
  const total = Object.values(runs).reduce((sum, count) => sum + count, 0);
  if (total === 0) return null;
  const ended = endings.flatMap(([outcome, one, many]) => {
    const count = runs[outcome] ?? 0;
    return count === 0 ? [] : [counted(count, one, many)];
  });
  return french`${counted(total, "collecte")} : ${ended.join(", ")}.`;
}

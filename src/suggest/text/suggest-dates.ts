import { readDateText } from "../../kit/values/dates/read-date.ts";
import { onlyValue, type Suggested } from "../suggested.ts";
import type { Passage } from "./passages.ts";

/** Words before the last day to apply. */
const limit =
  /(?:jusqu'(?:au|a)|au plus tard|avant|date limite|cloture|limite de (?:depot|candidature|reception|soumission)|echeance)[^.;]{0,60}$/;
const opening = /(?:a partir du|a compter du|des le|ouvert(?:ure|e|es|s)? [^.;]{0,30})\s*$/;
/** Words of an application, in the sentence or its heading. */
const application =
  /depot|depos|candidat|dossier|appel a|cloture|date limite|demande|inscription|soumi|repondre|postuler|calendrier|session/;
/** Words of another deadline: works, expenses, contracts, tax years. */
const otherMatter =
  /travaux|depense|factur|achev|acquit|livrais|demarr|mis en service|convention|embauch|recrut|paiement|solde|impot|exercice|immatricul|construi|contrat|certificat|loi |decret|arrete|jury|comite|commission|notification|webinaire|releve|covid|instrui|renouvel/;

/** Suggests the last day and the first day to apply, if the sentences about applications contain exactly one. */
export function suggestDates(passages: readonly Passage[]): Suggested[] {
  const deadlines = new Map<string, Passage>();
  const openings = new Map<string, Passage>();
  for (const passage of passages) {
    const { folded, heading } = passage;
    if (!/\d/.test(folded) || otherMatter.test(folded)) continue;
    if (!application.test(folded) && !application.test(heading ?? "")) continue;
    const dates = findDates(folded);
    const [first, second] = dates;
    const isPeriod =
      first !== undefined && second !== undefined && /^ ?,? ?(?:au|jusqu'au) (?:\w+ )?$/.test(folded.slice(first.end, second.start));
    for (const date of dates) {
      const before = folded.slice(0, date.start);
      const isStart = isPeriod && date === first && /\bdu (?:\w+ )?$/.test(before);
      if (isStart || opening.test(before)) openings.set(date.day, passage);
      // Two days that are no period are two calls.
      else if ((isPeriod && date === second) || dates.length > 1 || limit.test(before)) deadlines.set(date.day, passage);
    }
  }
  return [
    ...onlyValue("submissionDeadline", "sentence-deadline", deadlines),
    ...onlyValue("startDate", "sentence-opening", openings),
    ...recurrenceIn(passages),
  ];
}

const always =
  /toute l'annee|au fil de l'eau|en continu\b|a tout moment|sans date limite|pas de date limite|(?:depot|appel|guichet|aide|dispositif) permanente?\b|guichet ouvert/;
const again =
  /chaque annee|tous les ans|deux fois par an|(?:deux|trois|quatre|plusieurs) sessions|appel (?:a projets? )?annuel|par trimestre/;

/** Suggests whether an aid is permanent or recurs: "au fil de l'eau", "31 mars et 30 septembre". Nothing if sentences disagree. */
function recurrenceIn(passages: readonly Passage[]): Suggested[] {
  const found = new Map<"ongoing" | "recurring", Passage>();
  for (const passage of passages) {
    const { folded, heading } = passage;
    const isAboutApplying = application.test(folded) || application.test(heading ?? "");
    if (!isAboutApplying || otherMatter.test(folded)) continue;
    if (always.test(folded)) found.set("ongoing", passage);
    if (again.test(folded) || (yearlessDates(folded) > 1 && /\bet\b/.test(folded) && !/\bdu \d/.test(folded)))
      found.set("recurring", passage);
  }
  return onlyValue("recurrence", "sentence-recurrence", found);
}

interface FoundDate {
  /** YYYY-MM-DD. */
  readonly day: string;
  readonly start: number;
  readonly end: number;
}

const months = "janvier|fevrier|mars|avril|mai|juin|juillet|aout|septembre|octobre|novembre|decembre";
const formats = ["french", "d/M/yyyy", "d/M/yy"];
const written = new RegExp(
  `\\bfin (?<month>${months}) (?<year>\\d{4})\\b|\\b\\d{1,2}(?:er)? (?:${months}) \\d{4}\\b|\\b\\d{1,2} ?[/.-] ?\\d{1,2} ?[/.-] ?(?:\\d{4}|\\d{2})\\b`,
  "g",
);
const withoutYear = new RegExp(`\\b\\d{1,2}(?:er)? (?:${months})\\b(?! \\d{4})`, "g");

/** Finds the days in a folded sentence: "31 mars 2027", "31/03/27", and "fin juin 2027" as 30 June. Impossible days are left out. */
function findDates(folded: string): FoundDate[] {
  const found: FoundDate[] = [];
  for (const match of folded.matchAll(written)) {
    const { month, year } = match.groups ?? {};
    const day = month === undefined ? dayOf(match[0].replace(/ ?[/.-] ?/g, "/")) : lastDayOf(`${month} ${year}`);
    if (day !== null) found.push({ day, start: match.index, end: match.index + match[0].length });
  }
  return found;
}

/** Counts the days without a year in a folded sentence: "31 mars et 30 septembre" has two. */
function yearlessDates(folded: string): number {
  return [...folded.matchAll(withoutYear)].length;
}

function dayOf(text: string): string | null {
  const reading = readDateText(text, formats, "Europe/Paris");
  return reading.kind === "moment" ? reading.day : null;
}

function lastDayOf(monthAndYear: string): string | null {
  for (const day of ["31", "30", "29", "28"]) {
    const found = dayOf(`${day} ${monthAndYear}`);
    if (found !== null) return found;
  }
  return null;
}

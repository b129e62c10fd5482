import type { BizdevDigest, CallReason, FileToBring, PromisedCorrection, PublisherAction, UnmappedWords } from "../../model/run/digest.ts";
import { frenchDay, frenchDayOf } from "../dates.ts";
import { fieldNameOrKey } from "../fields.ts";
import { funnelActSentence, funnelSentence } from "../funnel.ts";
import { guardMessage } from "../guards.ts";
import { pointTopic } from "../letters/points.ts";
import { silenceMessage } from "../monitoring.ts";
import { runErrorMessage } from "../runs.ts";
import { counted, french, isPlural, joinedWithAnd, sentence } from "../typography.ts";
import { type DigestLine, type DigestSection, section, step, whoIs } from "./lines.ts";

/** Returns the sections for the partnership team, most urgent first. */
export function bizdevSections(digest: BizdevDigest): DigestSection[] {
  const { toCall, toReview, proposals, contradicted = [], unmapped, toBring = [], actionsDue = [], promised = [] } = digest;
  return [
    ...actionsSection(actionsDue),
    ...promisedSection(promised),
    // Absent in digests stored before this list existed.
    ...section(
      "Fichiers à demander aux producteurs",
      toBring.map(({ connector, publisher, ...due }) => ({
        who: whoIs({ connector, publisher }),
        what: [fileDueSentence(due)],
        next: [step("Une fois le fichier reçu, le collecter", `moisson run ${connector} --file <fichier>`)],
      })),
      step("Les voir tous", "moisson schedule --list"),
    ),
    ...section(
      "Producteurs à appeler",
      toCall.map(({ reasons, ...of }) => ({
        who: whoIs(of),
        what: reasons.flatMap(reasonSentences),
        next: [step("Avant d’appeler, voir ce que son flux a donné", `moisson runs --connector ${of.connector}`)],
      })),
      step("Voir toutes les collectes", "moisson runs --limit 500"),
    ),
    ...section(
      "Nouvelles aides à relire",
      toReview.map(({ created, waiting, ...of }) => ({
        who: whoIs(of),
        what: [french`${counted(created, "nouvelle aide", "nouvelles aides")} ; ${waiting} en attente de relecture en tout.`],
        next: [step("Les lire", `moisson aids --connector ${of.connector}`), step("En publier une", "moisson aid publish <aide>")],
      })),
      step("Les voir toutes", "moisson aids"),
    ),
    ...section(
      "Propositions des producteurs en attente",
      proposals.map(({ aids, fields, created, ...of }) => ({
        who: whoIs(of),
        what: [
          french`${counted(fields, "proposition")} sur ${counted(aids, "aide")}${created > 0 ? french`, dont ${counted(created, "aide")} depuis la dernière page` : ""}.`,
        ],
        next: [step("Les lire, puis accepter ou refuser", `moisson proposal list --connector ${of.connector}`)],
      })),
      step("Les voir toutes", "moisson proposal list"),
    ),
    ...section(
      "Aides dont les sources se contredisent",
      contradicted.map(({ aids, ...of }) => ({
        who: whoIs(of),
        what: [french`${counted(aids, "aide")} : dates, montants, taux, bénéficiaires ou territoire.`],
        next: [
          step("Les voir", `moisson aids --contradicted --connector ${of.connector}`),
          step("Lire ce que dit chaque source", "moisson aid show <aide>"),
        ],
      })),
      step("Les voir toutes", "moisson aids --contradicted"),
    ),
    ...publishedByRunsSection(digest),
    ...section("Mots des producteurs sans correspondance", unmapped.map(unmappedLine), step("Les voir tous", "moisson terms missing")),
  ];
}

/** The weekly sample, while there is something to check. */
function publishedByRunsSection({ publishedByRuns = { count: 0, toCheck: 0 } }: BizdevDigest): DigestSection[] {
  const { count, toCheck } = publishedByRuns;
  if (toCheck === 0) return [];
  const what = french`${counted(count, "aide publiée", "aides publiées")} en sept jours ; ${counted(toCheck, "est à vérifier", "sont à vérifier")}.`;
  const toSee = step("Les vérifier sur la page « Publiées sans relecture » de la console");
  return section("Aides publiées sans relecture", [{ who: "Toutes les sources", what: [what], next: [toSee] }], toSee);
}

/** Returns all open work of curators, or null if nothing waits. */
export function waitingSentence({ waiting }: BizdevDigest): string | null {
  if (waiting === undefined) return null;
  const { review, proposals, words } = waiting;
  const parts = [
    ...(review > 0 ? [counted(review, "nouvelle aide à relire", "nouvelles aides à relire")] : []),
    ...(proposals > 0 ? [counted(proposals, "aide avec une proposition", "aides avec une proposition")] : []),
    ...(words > 0 ? [counted(words, "mot à traduire", "mots à traduire")] : []),
  ];
  return parts.length === 0 ? null : french`En attente : ${joinedWithAnd(parts)}.`;
}

/** Returns how far all aids have come, or null without aids. */
export function funnelLine({ funnel }: BizdevDigest): string | null {
  if (funnel === undefined) return null;
  const [first] = funnel.acts;
  return funnelSentence(funnel.counts, first === undefined ? null : funnelActSentence(first, first.publisher));
}

/** Returns why a file is due. */
export function fileDueSentence({ everyDays, lastAt }: Pick<FileToBring, "everyDays" | "lastAt">): string {
  const pace = everyDays === 1 ? "chaque jour" : french`tous les ${everyDays} jours`;
  if (lastAt === null) return french`Un fichier est attendu ${pace}, et aucun n'a encore été reçu.`;
  return french`Un nouveau fichier est attendu ${pace} ; le dernier a été reçu le ${frenchDayOf(lastAt)}.`;
}

function reasonSentences(reason: CallReason): string[] {
  if (reason.code === "rejected") {
    const could = isPlural(reason.rejected) ? "n’ont pas pu être gardés" : "n’a pas pu être gardé";
    return [french`${counted(reason.rejected, "enregistrement")} sur ${reason.received} ${could}.`];
  }
  if (reason.code === "silent") return reason.silences.map((silence) => sentence(silenceMessage(silence)));
  if (reason.code === "held") {
    return [
      french`Flux retenu, aucune collecte n'a abouti depuis ${counted(reason.nights, "nuit")} :`,
      ...reason.guards.map((guard) => sentence(guardMessage(guard))),
    ];
  }
  const why = reason.error === null ? "cause inconnue" : runErrorMessage(reason.error.code, reason.error.params);
  return [sentence(french`flux non lu, aucune collecte n'a abouti depuis ${counted(reason.nights, "nuit")} : ${why}`)];
}

function unmappedLine({ vocabulary, words, records, examples, ...of }: UnmappedWords): DigestLine {
  const named = examples.map(({ term, count }) => french`« ${term} » (${count})`).join(", ");
  const rest = words > examples.length ? "…" : "";
  return {
    who: whoIs(of),
    what: [
      french`${sentence(fieldNameOrKey(vocabulary)).replace(/\.$/, "")} : ${counted(words, "mot inconnu", "mots inconnus")}, lus ${counted(records, "fois", "fois")} : ${named}${rest}`,
    ],
    next: [
      step(french`Donner une correspondance dans mappings/${of.connector}/${vocabulary}.csv`, `moisson terms missing ${of.connector}`),
    ],
  };
}

/** Maximum number of actions and of promises listed; the page links to the others. */
const maxListed = 10;

/** Returns the section of actions due by today, grouped by person, unassigned last; empty if nothing is due. */
function actionsSection(actions: readonly PublisherAction[]): DigestSection[] {
  const lines = [...actions.slice(0, maxListed)].sort(byPerson).map(actionLine);
  return section("Prochaines actions avec les producteurs", lines, step("Les voir toutes", listAddress(actions)), actions.length);
}

/** Keeps each person's actions in order, oldest first. */
function byPerson({ personInCharge: a }: PublisherAction, { personInCharge: b }: PublisherAction): number {
  if (a === b) return 0;
  return a === null ? 1 : b === null ? -1 : a.localeCompare(b, "fr");
}

function actionLine({ publisher, personInCharge, action, dueOn, isOverdue, page }: PublisherAction): DigestLine {
  const when = isOverdue ? french`En retard depuis le ${frenchDay(dueOn)}` : "Aujourd’hui";
  return {
    who: personInCharge === null ? french`${publisher}, que personne ne suit` : french`${publisher}, suivi par ${personInCharge}`,
    what: [french`${when} : ${sentence(action)}`],
    next: [step("Ouvrir sa page", page)],
  };
}

/** Returns the address of the list of due actions. */
function listAddress([first]: readonly PublisherAction[]): string {
  return `${first?.page.replace(/\/[^/]*$/, "") ?? "/producteurs"}?action=due`;
}

/** Returns the section of promised corrections that are due and missing; empty if nothing is due. */
function promisedSection(promised: readonly PromisedCorrection[]): DigestSection[] {
  const list = `${promised[0]?.page.replace(/\/connecteurs\/.*$/, "") ?? ""}/courriers?etat=promised`;
  const lines = promised.slice(0, maxListed).map(promiseLine);
  return section("Corrections promises par les producteurs", lines, step("Les voir toutes", list), promised.length);
}

function promiseLine({ connector, publisher, code, field, count, plannedFor, isOverdue, page }: PromisedCorrection): DigestLine {
  const when = isOverdue ? french`Promis pour le ${frenchDay(plannedFor)}` : "Promis pour aujourd’hui";
  const left = count === null ? "encore là" : french`encore ${counted(count, "fois", "fois")}`;
  return {
    who: whoIs({ connector, publisher }),
    what: [french`${when}, et ${left} dans ses dernières données : ${pointTopic({ code, field })}.`],
    next: [step("Ouvrir la lettre, et en envoyer un rappel", page)],
  };
}

import { renamesIn } from "../../model/plan/feed-breaks.ts";
import type { ApplyRequest } from "../../model/plan/plan.ts";
import {
  type BadRun,
  type Digest,
  type DigestPause,
  type FeedToLookAt,
  type HeldPlan,
  isNoted,
  type LateRun,
  type OutgrownCatalogue,
  type RequestedPlan,
  type SilentConnector,
  type UnsentDigest,
} from "../../model/run/digest.ts";
import { databasePlace, type MachineFault } from "../../model/run/machine-fault.ts";
import type { RunErrorCode } from "../../model/run/run-error.ts";
import { channelNames, deliveryMessage, settingsOfChannel } from "../delivery.ts";
import { guardMessage } from "../guards.ts";
import { issueMessage } from "../issues.ts";
import { machineFaultSentence, whatToDo } from "../machines.ts";
import { hourOf, momentOf } from "../moments.ts";
import { outgrownSentence, silenceMessage } from "../monitoring.ts";
import { runErrorMessage } from "../runs.ts";
import { counted, french, sentence } from "../typography.ts";
import { clockSection } from "./clocks.ts";
import { type DigestLine, type DigestSection, type NextStep, section, sectionInOne, shortId, step, whoIs } from "./lines.ts";
import { goneSection, refusedSection, withoutAddressSection } from "./registry.ts";

const allWorkers = step("Voir les exécuteurs, page « Exécuteurs » de la console", "moisson doctor");
const allRuns = step("Les voir toutes", "moisson runs --limit 500");

/** Returns the sections for the operators, most urgent first. */
export function opsSections({ paused, ops, period }: Digest): DigestSection[] {
  const bad = (title: string, runs: readonly BadRun[]) =>
    section(
      title,
      runs.map((run) => badLine(run, period.until)),
      allRuns,
    );
  return [
    ...refusedSection(ops.refusedFiles),
    ...goneSection(ops.gone),
    ...clockSection(ops.futureDueTimes ?? []),
    ...section("Pannes de machines", (ops.machineFaults ?? []).map(machineLine), allWorkers),
    ...section("Pages du matin non remises", ops.unsent.map(unsentLine), step("Vérifier les réglages d’envoi")),
    ...section("En pause", paused.map(pauseLine), step("Les voir toutes", "moisson schedule --list")),
    ...section("Collectes retenues par un garde-fou", ops.held.map(heldLine), step("Les voir toutes", "moisson plan list --limit 500")),
    ...section(
      "Plans à appliquer, sur demande",
      (ops.requested ?? []).map(requestedLine),
      step("Les voir tous", "moisson plan list --limit 500"),
    ),
    ...bad("Collectes en échec, de notre fait", ops.failed),
    ...bad("Collectes interrompues", ops.abandoned),
    ...section("Collectes en retard", ops.late.map(lateLine), allRuns),
    ...bad("Accès au flux refusé", ops.refused),
    ...bad("Flux illisibles", ops.unreadable),
    ...bad("Flux interrompus avant la fin", ops.stoppedEarly),
    ...bad("Serveurs injoignables", ops.unreachable),
    ...toLookAtSections(ops.toLookAt ?? []),
    ...section("Connecteurs silencieux", ops.silent.map(silentLine), step("Les voir tous", "moisson runs --silent")),
    ...section(
      "Liens morts",
      ops.deadLinks.map(({ links, aids, examples, ...of }) => ({
        who: whoIs(of),
        what: [
          french`${counted(links, "lien mort", "liens morts")}, dans ${counted(aids, "aide")}.`,
          ...examples.map(({ externalId, name, url }) => french`${name ?? externalId} : ${url}`),
        ],
        next: [step("Voir les aides concernées", `moisson links --dead --connector ${of.connector}`)],
      })),
      step("Les voir tous", "moisson links --dead"),
    ),
    ...withoutAddressSection(ops.withoutAddress),
    ...outgrownSection(ops.outgrown ?? null),
  ];
}

function machineLine(fault: MachineFault): DigestLine {
  const { cause, place, endedAt } = fault;
  return {
    who: place === databasePlace ? "La base de données" : french`La machine ${place}`,
    what: [machineFaultSentence(fault)],
    next: [endedAt === null ? step(whatToDo(cause), "moisson doctor") : allWorkers],
  };
}

/** Returns the sections of the applied feeds with warnings, and of those that only have rejected or repaired records. */
function toLookAtSections(feeds: readonly FeedToLookAt[]): DigestSection[] {
  const others = feeds.filter((feed) => !isNoted(feed));
  return [
    ...section(
      "Collectes à regarder",
      feeds.filter(isNoted).map((feed) => ({
        who: whoIs(feed),
        what: lookSentences(feed),
        next: [step("Voir la collecte", `moisson runs ${shortId(feed.runId)}`)],
      })),
      allRuns,
    ),
    ...sectionInOne(
      "Collectes avec des rejets ou des réparations",
      others.map((feed) => french`${whoIs(feed)} : ${lookSentences(feed).join(" ")}`),
      {
        who: counted(others.length, "connecteur"),
        what: [french`Leurs autres enregistrements sont au catalogue :`],
        next: [step("Voir les collectes", "moisson runs --limit 500")],
      },
    ),
  ];
}

/** Returns the warnings, the repairs and the number of rejected records of a feed. */
export function lookSentences(feed: FeedToLookAt): string[] {
  return [
    ...feed.warnings.map((finding) => sentence(guardMessage(finding))),
    ...feed.repairs.map(repairSentence),
    ...(feed.rejected > 0 ? [rejectsSentence(feed)] : []),
  ];
}

/** Returns how many records of a feed were rejected. */
export function rejectsSentence({ rejected, received }: Pick<FeedToLookAt, "rejected" | "received">): string {
  return french`${counted(rejected, "enregistrement rejeté", "enregistrements rejetés")} sur ${received}.`;
}

/** Returns the repairs, and the number of records of each. */
export function repairSentence({ code, count, params }: FeedToLookAt["repairs"][number]): string {
  const message = issueMessage(code, params);
  return sentence(code === "reading-changed" ? message : french`${message} (${counted(count, "enregistrement")})`);
}

function outgrownSection(size: OutgrownCatalogue | null): DigestSection[] {
  const move = step("Créer une base PostgreSQL vide, puis y déplacer le catalogue", "moisson db move");
  return section(
    "Catalogue à déplacer",
    size === null ? [] : [{ who: "Catalogue intégré", what: [outgrownSentence(size)], next: [move] }],
    move,
  );
}

/** Returns since when a run is held. */
export function heldSince({ nights, heldAt }: Pick<HeldPlan, "nights" | "heldAt">): string {
  return nights > 1
    ? french`Aucune collecte n'a abouti depuis ${counted(nights, "nuit")} ; le plan à lire date du ${momentOf(heldAt)}.`
    : `Retenue le ${momentOf(heldAt)}.`;
}

function heldLine(plan: HeldPlan): DigestLine {
  const id = shortId(plan.planId);
  return {
    who: whoIs(plan),
    what: [heldSince(plan), ...plan.guards.map((guard) => sentence(guardMessage(guard)))],
    next: [
      ...(renamesIn(plan.guards).length > 0 ? [step("Suivre le nouveau nom et relancer", `moisson plan follow ${id}`)] : []),
      step("Lire le plan", `moisson plan show ${id}`),
      step("puis l’appliquer", `moisson plan apply ${id} --note "…"`),
      step("ou l’écarter", `moisson plan discard ${id} --note "…"`),
    ],
  };
}

/** Returns who asked ops to apply a plan, when and why. */
export function requestSentence({ by, at, note }: ApplyRequest): string {
  const asked = french`Application demandée par ${by}, le ${momentOf(at)}`;
  return note === null ? `${asked}.` : sentence(french`${asked} : ${note}`);
}

function requestedLine({ planId, request, ...of }: RequestedPlan): DigestLine {
  const id = shortId(planId);
  return {
    who: whoIs(of),
    what: [requestSentence(request)],
    next: [step("Lire le plan", `moisson plan show ${id}`), step("puis l’appliquer", `moisson plan apply ${id} --note "…"`)],
  };
}

/** Errors that a new run cannot fix. */
export const settingsFirst: ReadonlySet<RunErrorCode> = new Set([
  "missing-secret",
  "missing-address",
  "http-refused",
  "token-refused",
  "address-refused",
]);

/** Returns why a run failed, and how often. */
export function badSentences({ error, tries, nights, outcome, endedAt }: BadRun): string[] {
  const what = [error === null ? sentence(withoutReport(outcome)) : sentence(runErrorMessage(error.code, error.params))];
  const often = [
    ...(nights > 1 ? [french`aucune collecte n'a abouti depuis ${counted(nights, "nuit")}`] : []),
    ...(tries > 1 ? [french`${counted(tries, "essai")}, le dernier le ${momentOf(endedAt)}`] : []),
  ];
  if (often.length > 0) what.push(sentence(often.join(", ")));
  return what;
}

/** Returns when a run is retried automatically. */
export function nextTrySentence(nextTryAt: string, now: string): string {
  return nextTryAt <= now ? "Nouvel essai en cours" : french`Nouvel essai automatique à ${hourOf(nextTryAt)}`;
}

function badLine(run: BadRun, now: string): DigestLine {
  const { error, nextTryAt, waitingPlan, runId, ...of } = run;
  const next: NextStep[] = [];
  if (nextTryAt !== null) next.push(step(nextTrySentence(nextTryAt, now)));
  next.push(step("Voir la collecte", `moisson runs ${shortId(runId)}`));
  if (nextTryAt === null) {
    const isOurs = error !== null && settingsFirst.has(error.code);
    next.push(step(isOurs ? "Une fois l’adresse et les accès corrigés, relancer" : "Relancer", `moisson run ${of.connector}`));
  }
  if (waitingPlan !== null) {
    next.push(
      step(`Un plan retenu le ${momentOf(waitingPlan.heldAt)} attend toujours`, `moisson plan show ${shortId(waitingPlan.planId)}`),
    );
  }
  return { who: whoIs(of), what: badSentences(run), next };
}

function withoutReport(outcome: BadRun["outcome"]): string {
  if (outcome !== "abandoned") return "sans explication enregistrée";
  return "la collecte s’est arrêtée sans rendre compte (machine ou programme arrêté) et n’a pas été relancée ; rien n’a été écrit";
}

/** Returns when a run was due, and its state. */
export function lateSentence({ dueAt, state, startedAt }: LateRun): string {
  const due = french`Prévue le ${momentOf(dueAt)}`;
  if (state === "queued") return french`${due}, toujours en file d'attente.`;
  if (state === "not-begun") return `${due}, jamais commencée.`;
  return french`${due}, toujours en cours${startedAt === null ? "" : french` depuis ${hourOf(startedAt)}`}.`;
}

function lateLine(run: LateRun): DigestLine {
  const { state, ...of } = run;
  const what = [lateSentence(run)];
  if (state === "running") return { who: whoIs(of), what, next: [step("Voir où elle en est", `moisson runs --connector ${of.connector}`)] };
  if (state === "queued") {
    const next = [
      step("Vérifier que des exécuteurs tournent (moisson worker), puis voir la file", `moisson runs --connector ${of.connector}`),
    ];
    return { who: whoIs(of), what, next };
  }
  const next = [step("Vérifier que la planification tourne (moisson worker), puis lancer", `moisson run ${of.connector}`)];
  return { who: whoIs(of), what, next };
}

/** Returns every reason why a connector is silent, and the missing setting that would let it run. */
export function silentSentences({ silences, missing }: SilentConnector): string[] {
  const what = silences.map((silence) => sentence(silenceMessage(silence)));
  return missing === null ? what : [...what, sentence(runErrorMessage("missing-address", { variable: missing }))];
}

function silentLine(silent: SilentConnector): DigestLine {
  const { missing, ...of } = silent;
  const what = silentSentences(silent);
  if (missing !== null) {
    return { who: whoIs(of), what, next: [step("Remplir ce réglage, puis lancer", `moisson run ${of.connector}`)] };
  }
  return {
    who: whoIs(of),
    what,
    next: [
      step("Voir ses dernières collectes", `moisson runs --connector ${of.connector}`),
      step("Si c’est normal, le mettre de côté", `moisson aside ${of.connector} --silence --until <jour> --reason "…"`),
    ],
  };
}

/** Returns who paused a connector, when and why. */
export function pauseSentence({ by, at, reason }: Pick<DigestPause, "by" | "at" | "reason">): string {
  return sentence(french`en pause depuis le ${momentOf(at)}, par ${by}${reason === null ? "" : french` : ${reason}`}`);
}

function pauseLine(pause: DigestPause): DigestLine {
  const isAll = pause.connector === "*";
  return {
    who: isAll ? "Toutes les collectes" : whoIs(pause),
    what: [pauseSentence(pause)],
    next: [step("Quand la raison n’existe plus, reprendre", `moisson resume ${isAll ? "--all" : pause.connector}`)],
  };
}

function unsentLine({ since, until, delivered, tries, failures }: UnsentDigest): DigestLine {
  const about = `Page du ${momentOf(until)}`;
  const result = delivered ? "remise, mais pas par tous les moyens" : french`jamais remise, après ${counted(tries, "essai")}`;
  const what = [sentence(result), ...failures.map((failure) => sentence(deliveryMessage(failure)))];
  if (failures.length === 0) what.push("Le programme s’est arrêté pendant l’envoi.");
  if (!delivered) what.push(`La présente page couvre sa période, depuis le ${momentOf(since)}.`);
  return {
    who: about,
    what,
    next: failures.map(({ channel }) => step(french`Vérifier ${settingsOfChannel[channel]} (${channelNames[channel]})`)),
  };
}

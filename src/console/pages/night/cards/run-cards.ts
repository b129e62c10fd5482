import { expectedSentence } from "../../../../french/digest/expected.ts";
import { badSentences, lateSentence, lookSentences, nextTrySentence, settingsFirst } from "../../../../french/digest/ops.ts";
import { hourOf, momentOf } from "../../../../french/moments.ts";
import { counted, french, sentence } from "../../../../french/typography.ts";
import { cardKey } from "../../../../model/run/card-key.ts";
import type { BadRun, ExpectedRuns, FeedToLookAt, LateRun } from "../../../../model/run/digest.ts";
import type { RunErrorCode } from "../../../../model/run/run-error.ts";
import { type Card, type CardAct, connectorCard, countCard, open, pause, runAgain, writeToPublisher } from "./card.ts";

/** Number of bad nights after which only the publisher can help. */
const nightsToWrite = 2;
/** Errors of the publisher's server or file that do not disappear by themselves. */
const theirsToMend: ReadonlySet<RunErrorCode> = new Set([
  "tls-failed",
  "no-such-path",
  "no-such-sheet",
  "no-header",
  "unsupported-file",
  "encrypted-file",
  "empty-archive",
  "forbidden-xml",
  "malformed",
  "all-rejected",
]);
/** Errors that a key of the connector may solve. */
const keysFirst: ReadonlySet<RunErrorCode> = new Set(["missing-secret", "token-refused", "http-refused", "secret-unreadable"]);

/** Returns the card of a run that did not end well. `viewer`: name of the person who reads it. */
export function badRunCard(run: BadRun, now: Date, viewer: string): Card {
  const { outcome, nextTryAt, waitingPlan } = run;
  const [why = "", ...more] = badSentences(run);
  const cause = [why, ...relaunchSentences(run, viewer)].join(" ");
  return connectorCard(run, {
    kind: outcome,
    key: cardKey.bad(run),
    cause,
    evidence: [
      ...more,
      french`Rien n'a été écrit : ses aides restent telles qu'elles étaient.`,
      ...(nextTryAt === null ? [] : [sentence(nextTrySentence(nextTryAt, now.toISOString()))]),
      ...(waitingPlan === null ? [] : [french`Un plan retenu le ${momentOf(waitingPlan.heldAt)} attend toujours.`]),
    ],
    acts: actsAfter(run),
  });
}

/** Returns the sentence about the run that a person requested in vain. */
function relaunchSentences({ relaunch }: BadRun, viewer: string): readonly string[] {
  if (relaunch == null) return [];
  const { by, at, isRepeated } = relaunch;
  const what = by === viewer ? french`Votre relance de ${hourOf(at)}` : french`La relance demandée par ${by} à ${hourOf(at)}`;
  return [`${what} a échoué${isRepeated ? " aussi" : ""}.`];
}

function actsAfter({ connector, error, nights, runId, outcome, tries, nextTryAt, relaunch }: BadRun): readonly CardAct[] {
  const again = runAgain(connector);
  const seeRun = open("Voir la collecte", `/collectes/${runId}`);
  // Another run of the same feed is not expected to help.
  const isInVain = nights >= nightsToWrite || relaunch != null || (tries > 1 && nextTryAt === null);
  const write = writeToPublisher(connector);
  if (error?.code === "missing-address" || error?.code === "address-refused")
    return [open("Voir le connecteur", `/connecteurs/${connector}`), again, seeRun];
  if (error !== null && keysFirst.has(error.code) && (settingsFirst.has(error.code) || error.code === "secret-unreadable")) {
    const keys = open("Donner la clé ou le certificat", `/connecteurs/${connector}/cles`, {
      who: "bizdev",
      effect: "La clé est gardée chiffrée. Relancez ensuite la collecte.",
    });
    // A publisher that still refuses a known key has changed something itself.
    return error.code === "http-refused" && relaunch != null ? [write, keys, again, seeRun] : [keys, again, seeRun, write];
  }
  const isOurs = outcome === "failed" || outcome === "abandoned";
  if (isOurs && relaunch != null) {
    const effect = "Une autre relance échouerait sans doute aussi : transmettez l’identifiant de cette collecte à l’équipe technique.";
    return [{ ...seeRun, effect }, again, pause(connector)];
  }
  if (isOurs) return [again, seeRun, pause(connector)];
  const isTheirs = isInVain || (error !== null && theirsToMend.has(error.code));
  return isTheirs ? [write, again, pause(connector), seeRun] : [again, seeRun, pause(connector), write];
}

/** Returns the card of a run that is late. */
export function lateCard(run: LateRun): Card {
  const { connector, state } = run;
  const see = open("Voir où elle en est", `/collectes?connecteur=${connector}`);
  return connectorCard(run, {
    kind: "late",
    key: cardKey.late(run),
    cause: lateSentence(run),
    acts: state === "not-begun" ? [runAgain(connector, "Lancer la collecte"), see] : [see],
    aids: null,
  });
}

/** Returns the card of scheduled runs that never began, or nothing. `late`: connectors that have a card of their own. */
export function missingRunsCard(expected: ExpectedRuns, late: ReadonlySet<string>): readonly Card[] {
  const missing = expected.missing.filter(({ connector }) => !late.has(connector));
  return countCard(missing.length, {
    kind: "missing-runs",
    key: cardKey.missingRuns,
    who: counted(missing.length, "collecte manquante", "collectes manquantes"),
    cause: expectedSentence(expected),
    acts: [
      open("Voir les collectes", "/collectes", {
        effect: french`Rien n’est fait. Prévenez l’équipe technique (« moisson worker » ne répond peut-être pas), puis relancez.`,
      }),
    ],
  });
}

/** Returns the card of an applied feed with warnings. */
export function lookAtCard(feed: FeedToLookAt): Card {
  const { connector, runId } = feed;
  const [cause = "", ...evidence] = lookSentences(feed);
  return connectorCard(feed, {
    kind: "look-at",
    key: cardKey.lookAt(feed),
    cause,
    evidence,
    acts: [
      open("Voir la collecte", `/collectes/${runId}`, {
        effect: "La collecte est déjà appliquée ; elle peut être défaite depuis sa page.",
      }),
      writeToPublisher(connector),
    ],
  });
}

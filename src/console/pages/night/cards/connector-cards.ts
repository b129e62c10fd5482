import { fileDueSentence } from "../../../../french/digest/bizdev.ts";
import { pauseSentence, silentSentences } from "../../../../french/digest/ops.ts";
import { leftSentence, problemSentence, refusedConsequence } from "../../../../french/digest/registry.ts";
import { french } from "../../../../french/typography.ts";
import { cardKey } from "../../../../model/run/card-key.ts";
import type { DigestPause, FileToBring, GoneConnector, RefusedFile, SilentConnector } from "../../../../model/run/digest.ts";
import { type Card, connectorCard, open, runAgain, writeToPublisher } from "./card.ts";

/** Maximum number of errors of a refused file on its card. */
const problemsShown = 4;

/** Returns the card of a connector file that is refused. */
export function refusedFileCard({ file, connector, version, isRun, problems, ...left }: RefusedFile): Card {
  const versions = open("Reprendre une version", `/connecteurs/${connector ?? ""}/versions`, {
    who: "bizdev",
    effect: "La version choisie est d’abord essayée.",
  });
  const see = open("Voir le connecteur", connector === null ? "/connecteurs" : `/connecteurs/${connector}`);
  const [first] = problems;
  return {
    kind: "refused-file",
    key: cardKey.refusedFile({ file }),
    connector,
    who: file,
    whoHref: connector === null ? null : `/connecteurs/${connector}`,
    cause: refusedConsequence(connector, isRun, left),
    evidence: first === undefined ? [] : problems.slice(0, problemsShown).map(problemSentence),
    acts: connector !== null && version !== undefined ? [versions, see] : [see],
    aids: connector === null ? null : { of: "connector", connector },
  };
}

/** Returns the card of a connector whose definition no longer exists. */
export function goneCard(gone: GoneConnector): Card {
  const { connector } = gone;
  return connectorCard(gone, {
    kind: "gone",
    key: cardKey.gone(gone),
    cause: french`Sa définition n'existe plus : il n'est plus collecté.`,
    evidence: [leftSentence(gone)],
    acts: [open("Voir le connecteur", `/connecteurs/${connector}`), open("Voir ses aides", `/aides?connecteur=${connector}`)],
  });
}

/** Returns the card of a connector whose feed no longer brings anything. */
export function silentCard(silent: SilentConnector): Card {
  const { connector, silences, missing } = silent;
  const [cause = "", ...evidence] = silentSentences(silent);
  const isTheirs = silences.every(({ code }) => code === "quiet" || code === "deadlines-past");
  const again = missing === null ? [runAgain(connector)] : [];
  const runs = open("Ses collectes", `/collectes?connecteur=${connector}`);
  const write = writeToPublisher(connector);
  return connectorCard(silent, {
    kind: "silent",
    key: cardKey.silent(silent),
    cause,
    evidence,
    acts: isTheirs ? [write, ...again, runs] : [...again, runs, write],
  });
}

/** Returns the card of a file that a publisher should have sent. */
export function fileDueCard(due: FileToBring): Card {
  const { connector } = due;
  return connectorCard(due, {
    kind: "file-due",
    key: cardKey.fileDue(due),
    cause: fileDueSentence(due),
    acts: [
      open("Déposer le fichier", `/connecteurs/${connector}#fichier`, {
        who: "bizdev",
        effect: "Le fichier est lu, et un plan est préparé.",
      }),
      ...(due.lastAt === null ? [] : [writeToPublisher(connector)]),
    ],
    aids: null,
  });
}

/** Returns the card of a connector that a person has paused. */
export function pausedCard(paused: DigestPause): Card {
  const { connector } = paused;
  return connectorCard(paused, {
    kind: "paused",
    key: cardKey.paused(paused),
    cause: pauseSentence(paused),
    acts: [
      {
        label: "Reprendre les collectes",
        who: "ops",
        action: `/connecteurs/${connector}/reprendre`,
        effect: "Le calendrier le collecte de nouveau ; vous pourrez le remettre en pause.",
      },
      open("Voir le connecteur", `/connecteurs/${connector}`),
    ],
    aids: null,
  });
}

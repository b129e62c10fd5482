import type { ErrorReport } from "../../../../catalogue/reports/error-report-repository.ts";
import { frenchDay } from "../../../../french/dates.ts";
import { pointTopic } from "../../../../french/letters/points.ts";
import { counted, french, isPlural } from "../../../../french/typography.ts";
import type { DueAction, Morning } from "../../../../jobs/morning/gather-morning.ts";
import { cardKey } from "../../../../model/run/card-key.ts";
import type { DeadLinks, PromisedCorrection } from "../../../../model/run/digest.ts";
import { parisDay } from "../../../../model/text/paris-day.ts";
import { truncate } from "../../../parts/time.ts";
import { actionKey } from "../../publishers/next-action.tsx";
import { listFew } from "../../words/words-in-french.tsx";
import { type Card, connectorCard, countCard, open, writeToPublisher } from "./card.ts";

/** A word without a term. `sure`: form value that accepts its sure suggestion, `meaning`: its terms; null if no suggestion is sure. */
interface NewWord {
  readonly word: string;
  readonly aids: number;
  readonly sure: string | null;
  readonly meaning: string | null;
}

/** Words named in the sentence of a card, and below it. */
const wordsInSentence = 2;
const wordsNamed = 6;

/** Returns the card of words that have no term yet, or nothing. */
export function wordsCard(words: readonly NewWord[]): readonly Card[] {
  const sure = words.flatMap(({ sure: value }) => value ?? []);
  const named = words.map(({ word, aids, meaning }, place) => {
    // Only the first are shown. There may be thousands.
    if (place >= wordsNamed) return "";
    const sureMeaning = meaning === null ? "" : french`, traduction sûre : ${meaning}`;
    return french`« ${truncate(word, 60)} » (${counted(aids, "aide")}${sureMeaning})`;
  });
  const list = open("Choisir mot par mot", "/mots");
  return countCard(words.length, {
    kind: "words",
    key: cardKey.words,
    who: counted(words.length, "mot à traduire", "mots à traduire"),
    cause: french`Nos listes ne connaissent pas encore ${listFew(named, wordsInSentence)}.`,
    evidence: [
      ...(words.length > wordsInSentence ? [`${listFew(named, wordsNamed)}.`] : []),
      french`Une aide déjà connue garde sa valeur d'avant ; une nouvelle reste sans cette information.`,
    ],
    acts:
      sure.length === 0
        ? [{ ...list, label: "Traduire ces mots", effect: "Chaque choix est d’abord essayé : rien ne change avant son enregistrement." }]
        : [
            {
              label: sure.length === 1 ? "Essayer la traduction sûre" : french`Essayer les ${sure.length} traductions sûres`,
              who: "bizdev",
              action: "/mots/accepter",
              fields: { mot: sure },
              effect: "Rien ne change encore : l’essai montre ce que cela ferait, puis vous l’enregistrez.",
            },
            list,
          ],
  });
}

/** Good trials that their author has not kept. `values`: their form values. `meanings`: the words and their terms. `effect`: a sentence. */
interface TriedWords {
  readonly values: readonly string[];
  readonly meanings: readonly string[];
  readonly effect: string;
}

/** Returns the card of trials of words that their author has not kept, or nothing. */
export function trialsCard({ values, meanings, effect }: TriedWords): readonly Card[] {
  return countCard(values.length, {
    kind: "trials",
    key: "trials",
    who: counted(values.length, "essai", "essais"),
    whoHref: "/mots/essais",
    cause: `${listFew(meanings, wordsInSentence)}. ${effect}`,
    acts: [
      {
        label: "Enregistrer et appliquer",
        who: "bizdev",
        action: "/mots/essais",
        fields: { essai: values },
        effect:
          "Ces traductions comptent dès maintenant, et les plans qu’aucun garde-fou ne retient s’appliquent ; ils pourront être défaits.",
      },
      open("Voir ce que cela ferait", "/mots/essais"),
    ],
  });
}

/** Returns the days between which an aid closes soon. */
export function comingWeek(now: Date): { readonly from: string; readonly to: string } {
  return { from: parisDay(now), to: parisDay(new Date(now.getTime() + 7 * 86_400_000)) };
}

/** Returns the cards of waiting aids that close within a week (`expiring`), have closed, or are likely duplicates. */
export function waitingCards(
  { expiring, expired, duplicates }: { readonly expiring: number } & Pick<Morning["waiting"], "expired" | "duplicates">,
  now: Date,
): readonly Card[] {
  const { from, to } = comingWeek(now);
  const query = new URLSearchParams({ depuis: from, jusque: to }).toString();
  return [
    ...countCard(expiring, {
      kind: "expiring",
      key: "expiring",
      who: counted(expiring, "aide à relire d’abord", "aides à relire d’abord"),
      cause: french`${counted(expiring, "aide à relire ferme", "aides à relire ferment")} d'ici au ${frenchDay(to)} : après cette date, ${isPlural(expiring) ? "elles ne serviront" : "elle ne servira"} plus.`,
      acts: [
        open("Relire ces aides", `/relecture?${query}`, {
          effect: "Les aides viennent une par une, la plus proche de sa clôture d’abord. Chaque décision peut être défaite.",
        }),
      ],
      aids: { of: "deadlines", from, to },
    }),
    ...countCard(duplicates, {
      kind: "duplicates",
      key: "duplicates",
      who: counted(duplicates, "double probable", "doubles probables"),
      cause: french`${counted(duplicates, "nouvelle aide a", "nouvelles aides ont")} le même titre qu'une aide d'un autre connecteur.`,
      acts: [
        open("Comparer et fusionner", "/relecture/doublons", {
          effect: "Vous voyez les deux aides côte à côte. Une fusion peut être défaite.",
        }),
      ],
    }),
    ...countCard(expired, {
      kind: "expired",
      key: "expired",
      who: counted(expired, "aide échue pendant l’attente", "aides échues pendant l’attente"),
      cause: french`${counted(expired, "aide a dépassé sa", "aides ont dépassé leur")} date de clôture en attendant une relecture.`,
      acts: [
        {
          label: "Préparer leur rejet",
          who: "bizdev",
          action: "/relecture/echues/rejeter",
          fields: { file: "" },
          effect: "Un plan est préparé : rien n’est rejeté avant que vous l’appliquiez, et il pourra être défait.",
        },
        open("Les voir", "/relecture/echues"),
      ],
    }),
  ];
}

/** Returns the card of errors that readers reported, or nothing. `count`: number of reports that nobody has read. */
export function reportsCard(reports: readonly ErrorReport[], count: number): readonly Card[] {
  return countCard(reports.length, {
    kind: "reports",
    key: "reports",
    who: counted(count, "erreur signalée", "erreurs signalées"),
    cause: french`Des lecteurs signalent ${counted(count, "erreur", "erreurs")} dans des aides publiées.`,
    evidence: reports.map(({ aidName, text }) => (text === "" ? french`${aidName}.` : french`${aidName} : « ${truncate(text, 160)} »`)),
    acts: [open("Lire les signalements", "/signalements", { effect: "Rien n’est envoyé au producteur avant votre accord." })],
  });
}

/** Returns the card of a correction that a publisher promised and that is missing. */
export function promisedCard(promised: PromisedCorrection): Card {
  const { connector, code, field, count, plannedFor, isOverdue, page } = promised;
  return connectorCard(promised, {
    kind: "promised",
    key: cardKey.promised(promised),
    cause: french`Le producteur avait promis de corriger ${isOverdue ? "avant le" : "pour aujourd'hui, le"} ${frenchDay(plannedFor)} : ${pointTopic({ code, field })}.`,
    evidence: count === null ? [] : [french`Le dernier flux en contient encore ${count}.`],
    acts: [
      writeToPublisher(connector),
      open("Relire sa réponse", page, { who: "bizdev" }),
      open("Voir le connecteur", `/connecteurs/${connector}`),
    ],
  });
}

/** Returns the card of an action about a publisher that is due. */
export function actionCard({ publisherId, publisher, action, dueOn, personInCharge, isOverdue, page }: DueAction): Card {
  return {
    kind: "action",
    key: cardKey.action({ publisherId, dueOn }),
    connector: null,
    who: publisher,
    whoHref: page,
    cause: french`${action}, ${isOverdue ? "prévu le" : "prévu aujourd'hui,"} ${frenchDay(dueOn)}.`,
    evidence: personInCharge === null ? ["Personne ne s’occupe de ce producteur."] : [french`${personInCharge} s'occupe de ce producteur.`],
    acts: [
      {
        label: "C’est fait",
        who: "bizdev",
        action: `${page}/action/faite`,
        // The act detects a change by somebody else.
        fields: { etait: actionKey({ nextAction: action, nextActionOn: dueOn }) },
        effect: "Noté au journal du producteur. La prochaine action se note ensuite sur sa page.",
      },
      open("Voir le producteur", `${page}#action`),
    ],
    aids: null,
  };
}

/** Returns the card of dead links of a connector's published aids. */
export function deadLinksCard(dead: DeadLinks): Card {
  const { connector, aids, links, examples } = dead;
  return connectorCard(dead, {
    kind: "dead-links",
    key: cardKey.deadLinks(dead),
    cause: french`${counted(links, "lien mort", "liens morts")} dans ${counted(aids, "aide publiée", "aides publiées")}.`,
    evidence: examples.map(({ name, externalId, url }) => french`${name ?? externalId} : ${url}`),
    acts: [writeToPublisher(connector), open("Voir ses aides", `/aides?connecteur=${connector}`)],
    aids: null,
  });
}

/** Returns the card of drafts of connectors that nobody has finished, or nothing. */
export function draftsCard(drafts: readonly { readonly draftId: string; readonly title: string }[]): readonly Card[] {
  const [first = { draftId: "", title: "" }] = drafts;
  return countCard(drafts.length, {
    kind: "drafts",
    key: "drafts",
    who: counted(drafts.length, "brouillon", "brouillons"),
    cause: french`${counted(drafts.length, "connecteur est commencé", "connecteurs sont commencés")} et ${isPlural(drafts.length) ? "n'apportent" : "n'apporte"} encore aucune aide.`,
    evidence: [
      `${drafts
        .map(({ title }) => title)
        .slice(0, wordsNamed)
        .join(", ")}.`,
    ],
    acts: [
      open(french`Reprendre « ${truncate(first.title, 40)} »`, `/brouillons/${first.draftId}`, {
        who: "bizdev",
        effect: "Vous reprenez là où il en était.",
      }),
      open("Tous les brouillons", "/brouillons", { who: "bizdev" }),
    ],
  });
}

/** Failed files named on the card. */
const filesNamed = 6;

/** A correction, a closing or a file that a publisher proposes. `what`: in words. */
export interface PublisherProposal {
  readonly planId: string;
  readonly who: string;
  readonly what: string;
}

/** Returns the card of what publishers propose in their space or behind a letter, or nothing. `count`: number of proposals. */
export function proposalsCard(proposals: readonly PublisherProposal[], count: number): readonly Card[] {
  const [first] = proposals;
  return countCard(proposals.length, {
    kind: "proposed",
    key: "proposed",
    who: counted(count, "proposition d’un producteur", "propositions de producteurs"),
    cause: french`${counted(count, "correction, clôture ou fichier attend", "corrections, clôtures ou fichiers attendent")} une relecture : rien n'a changé au catalogue.`,
    evidence: proposals.map(({ who, what }) => french`${who} : ${truncate(what, 160)}.`),
    acts: [
      open("Relire et décider", count === 1 ? `/plans/${first?.planId}` : "/plans?etat=waiting", {
        effect: "Chaque proposition se lit, s’applique ou s’écarte. Une proposition appliquée se défait.",
      }),
    ],
  });
}

/** Returns the card of files and entries of publishers that workers could not take, or nothing. `files`: publisher, and name of the file or title. */
export function failedFilesCard(files: readonly { readonly publisher: string; readonly name: string }[]): readonly Card[] {
  return countCard(files.length, {
    kind: "failed",
    key: "failed-files",
    who: counted(files.length, "envoi d’un producteur", "envois de producteurs"),
    cause: french`${counted(files.length, "fichier ou aide saisie n'a", "fichiers ou aides saisies n'ont")} pas pu être enregistré${isPlural(files.length) ? "s" : ""} : chaque essai a échoué, de notre fait.`,
    evidence: [
      ...files.slice(0, filesNamed).map(({ publisher, name }) => french`${publisher} : « ${truncate(name, 60)} ».`),
      french`L'erreur est au journal du worker.`,
    ],
    acts: [
      {
        label: "Reprendre",
        who: "ops",
        action: "/producteurs/envois/reprendre",
        effect: "Un worker essaie de nouveau de les enregistrer, dans la minute.",
      },
    ],
  });
}

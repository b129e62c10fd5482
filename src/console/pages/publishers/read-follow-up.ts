import Papa from "papaparse";
import type { PublisherFacts, StoredPublisher } from "../../../catalogue/publishers/publisher-repository.ts";
import { publisherStageLabels } from "../../../french/publishers.ts";
import { french } from "../../../french/typography.ts";
import { foldTerm } from "../../../kit/values/text/fold-term.ts";
import { type PublisherStage, publisherStages } from "../../../model/publisher/publisher-stage.ts";
import { isDay } from "../../../model/text/is-day.ts";

/** Titles of the columns of a follow-up file. */
export const followUpColumns = {
  id: "Identifiant",
  name: "Producteur",
  siren: "SIREN",
  stage: "Étape",
  inCharge: "Suivi par",
  action: "Action",
  day: "Prochaine action",
} as const;

/** What a line changes about a publisher. Absent: nothing. */
export interface FollowUp extends Partial<Pick<PublisherFacts, "personInCharge" | "nextAction" | "nextActionOn">> {
  readonly stage?: PublisherStage;
}

/** A line of a follow-up file, with its change and its mistakes. */
export interface FollowUpLine {
  /** In the file, from 2. */
  readonly line: number;
  /** What the line calls the publisher. */
  readonly title: string;
  /** Null if the line means no publisher, or several. */
  readonly publisher: StoredPublisher | null;
  readonly change: FollowUp;
  readonly problems: readonly string[];
}

/** The publishers and the people that lines can mean. `people`: ids by name. */
interface Known {
  readonly publishers: readonly StoredPublisher[];
  readonly people: ReadonlyMap<string, string>;
}

/** Maximum number of lines of a file. */
export const maxLines = 5000;
const longestAction = 300;
/** Empties a cell; an empty one changes nothing. */
const nothing = "-";

/**
 * Reads a follow-up file: CSV with these columns, in any order, in UTF-8 or Windows-1252. Returns the lines that change something or
 * cannot be read, or a sentence about the file as a whole.
 */
export function readFollowUp(bytes: Uint8Array, known: Known): readonly FollowUpLine[] | string {
  const { data } = Papa.parse<string[]>(textOf(bytes), { preview: maxLines + 2 });
  const [head = [], ...rows] = data;
  const titles = new Map(head.map((title, place) => [foldTerm(title), place]));
  const placeOf = (column: keyof typeof followUpColumns) => titles.get(foldTerm(followUpColumns[column]));
  if (placeOf("id") === undefined && placeOf("siren") === undefined && placeOf("name") === undefined)
    return french`Aucune colonne ne dit de quel producteur il s'agit : il faut « ${followUpColumns.id} », « ${followUpColumns.siren} » ou « ${followUpColumns.name} ». Partez du fichier de suivi, téléchargé en CSV.`;
  if (rows.length > maxLines) return french`Ce fichier a plus de ${maxLines} lignes : coupez-le en plusieurs.`;
  return rows
    .flatMap((row, index) =>
      row.every((cell) => cell.trim() === "") ? [] : lineOf(index + 2, (column) => (row[placeOf(column) ?? -1] ?? "").trim(), known),
    )
    .filter(({ change, problems }) => Object.keys(change).length > 0 || problems.length > 0);
}

function textOf(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder("windows-1252").decode(bytes);
  }
}

type Cell = (column: keyof typeof followUpColumns) => string;

function lineOf(line: number, cell: Cell, known: Known): FollowUpLine {
  const title = cell("name") || cell("siren") || cell("id") || french`ligne ${line}`;
  const found = publishersOf(cell, known.publishers);
  const [publisher] = found;
  if (publisher === undefined || found.length > 1) {
    const problem =
      publisher === undefined
        ? "Ce producteur n’est pas dans la liste."
        : "Plusieurs producteurs portent ce nom : gardez l’identifiant ou le SIREN.";
    return { line, title, publisher: null, change: {}, problems: [problem] };
  }
  const problems: string[] = [];
  const change: FollowUp = {
    ...stageChange(cell("stage"), publisher, problems),
    ...personChange(cell("inCharge"), publisher, known.people, problems),
    ...actionChange(cell("action"), publisher, problems),
    ...dayChange(cell("day"), publisher, problems),
  };
  return { line, title: publisher.name, publisher, change, problems };
}

function publishersOf(cell: Cell, publishers: readonly StoredPublisher[]): readonly StoredPublisher[] {
  const [id, siren, name] = [cell("id"), cell("siren").replace(/\s/g, ""), foldTerm(cell("name"))];
  if (id !== "") return publishers.filter(({ publisherId }) => publisherId === id.toLowerCase());
  if (siren !== "") return publishers.filter((one) => one.siren === siren);
  return publishers.filter((one) => name !== "" && foldTerm(one.name) === name);
}

function stageChange(text: string, publisher: StoredPublisher, problems: string[]): FollowUp {
  if (text === "") return {};
  const stage = publisherStages.find((one) => foldTerm(publisherStageLabels[one]) === foldTerm(text));
  if (stage === undefined)
    problems.push(french`Étape « ${text} » inconnue : ${publisherStages.map((one) => publisherStageLabels[one]).join(", ")}.`);
  return stage === undefined || stage === publisher.stage ? {} : { stage };
}

function personChange(text: string, publisher: StoredPublisher, people: Known["people"], problems: string[]): FollowUp {
  if (text === "") return {};
  const personInCharge = text === nothing ? null : people.get(foldTerm(text));
  if (personInCharge === undefined) problems.push(french`« ${text} » n'est pas une personne de l'équipe.`);
  return personInCharge === undefined || personInCharge === publisher.personInCharge ? {} : { personInCharge };
}

function actionChange(text: string, publisher: StoredPublisher, problems: string[]): FollowUp {
  if (text === "") return {};
  const nextAction = text === nothing ? null : text;
  if (text.length > longestAction) problems.push(french`L'action dépasse ${longestAction} caractères.`);
  return text.length > longestAction || nextAction === publisher.nextAction ? {} : { nextAction };
}

function dayChange(text: string, publisher: StoredPublisher, problems: string[]): FollowUp {
  if (text === "") return {};
  const nextActionOn = text === nothing ? null : text.replace(/^(\d{2})\/(\d{2})\/(\d{4})$/, "$3-$2-$1");
  if (nextActionOn !== null && !isDay(nextActionOn)) {
    problems.push(french`« ${text} » n'est pas une date : écrivez-la 31/12/2026 ou 2026-12-31.`);
    return {};
  }
  return nextActionOn === publisher.nextActionOn ? {} : { nextActionOn };
}

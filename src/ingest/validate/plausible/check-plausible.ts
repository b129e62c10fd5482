import type { AidContent, AidField } from "../../../model/aid/aid.ts";
import { factsOf, fieldsOfKind } from "../../../model/aid/field-table.ts";
import type { issue } from "../../../model/issue.ts";
import { areApart } from "../../../model/territories/is-within.ts";
import type { PerimeterRef } from "../../../model/territories/perimeter.ts";
import { cutEnd } from "./cut-end.ts";
import { saysClosed, titleSaysClosed } from "./says-closed.ts";
import { foldedSentence } from "./sentences.ts";
import { amountWithoutUnit, rateAbove100 } from "./written-figures.ts";

/** Reports an issue of the record. */
export type Say = (code: Parameters<typeof issue>[1], at: Parameters<typeof issue>[2]) => void;

/** What a connector says about the territories of its aids. */
export interface TerritoryScope {
  readonly territory: PerimeterRef;
  /** The connector reads or sets the territories of its aids. */
  readonly hasTerritories: boolean;
}

/** Dates outside these years are mistakes or mean "no date". Fixed years, because a stored memo must not depend on the day of the run. */
const plausibleYears = fieldsOfKind("date")
  .filter((field) => factsOf(field).part === "when")
  .map((field) => [field, field === "startDate" ? "1975" : "2005", "2051"] as const);
const textFields = fieldsOfKind("html").filter((field) => factsOf(field).part === "texts");
const linkFields = fieldsOfKind("link").filter((field) => factsOf(field).part === "links");
const figureFields = [
  ...(["description", "eligibility"] as const),
  ...fieldsOfKind("line").filter((field) => factsOf(field).part === "amounts"),
];

/**
 * Reports values that can be read but can hardly be right: tests, placeholders, cut texts, closed aids, impossible figures. Keeps them, for
 * a curator to correct; a letter informs the publisher.
 */
export function checkPlausible(content: AidContent, { territory, hasTerritories }: TerritoryScope, say: Say): void {
  const flag = (code: Parameters<Say>[0], field: AidField, value: unknown) => say(code, { field, value });
  const { name } = content;
  if (isTestTitle(name)) flag("test-record", "name", name);
  for (const [field, first, last] of plausibleYears) {
    const date = content[field];
    if (date !== null && (date < first || date > last)) flag("unlikely-date", field, date);
  }
  for (const field of linkFields) {
    const url = content[field];
    if (url !== null && isPlaceholderLink(url)) flag("placeholder-link", field, url);
  }
  for (const field of textFields) {
    const text = content[field];
    if (text === null) continue;
    if (isFiller(text)) flag("filler-text", field, text);
    else if (isTestText(text)) flag("test-record", field, text);
    else {
      const end = cutEnd(text);
      if (end !== null) flag("cut-text", field, end);
    }
  }
  for (const field of figureFields) {
    const text = content[field];
    const amount = text && amountWithoutUnit(text);
    if (amount) flag("amount-without-unit", field, amount);
    const rate = text && rateAbove100(text);
    if (rate) flag("rate-above-100", field, rate);
  }
  checkOpen(content, flag);
  checkTerritory(content, territory, hasTerritories, flag);
}

type Flag = (code: Parameters<Say>[0], field: AidField, value: unknown) => void;

/** Reports an aid that its own text calls closed, and a call for projects that is said to be permanent. */
function checkOpen(content: AidContent, flag: Flag): void {
  const { name, submissionDeadline, isCallForProject, recurrence } = content;
  if (!isClosed(content)) {
    const sentence = content.description && saysClosed(content.description);
    if (titleSaysClosed(name)) flag("says-closed", "name", name);
    else if (sentence) flag("says-closed", "description", sentence);
  }
  if (isCallForProject === true && recurrence === "ongoing" && submissionDeadline === null && callsForProjects(content)) {
    flag("permanent-call", "recurrence", name);
  }
}

const call = /\bappels? (?:à|a) (?:projets?|manifestation|candidatures?)|\bA(?:MI|AP)\b/i;
const permanent =
  /permanent|au fil de l.eau|en continu|toute l.ann[ée]e|tout au long de l.ann[ée]e|sans date (?:limite|de cl[ôo]ture)|relev[ée]s |relèves|plusieurs (?:sessions|comités)/i;

/** Returns true if the texts are about a call for projects, and do not say that it is always open. */
function callsForProjects({ name, description, eligibility }: AidContent): boolean {
  const texts = `${name} ${description ?? ""} ${eligibility ?? ""}`;
  return call.test(texts) && !permanent.test(texts);
}

/** Returns true if the publisher changed the aid after its deadline. */
function isClosed({ submissionDeadline, sourceUpdatedDate }: AidContent): boolean {
  return submissionDeadline !== null && sourceUpdatedDate !== null && submissionDeadline < sourceUpdatedDate;
}

function checkTerritory(content: AidContent, territory: PerimeterRef, hasTerritories: boolean, flag: Flag): void {
  const { perimeters, perimeterSuggestion } = content;
  if (perimeters.length === 0) {
    if (hasTerritories && perimeterSuggestion === null && isClosed(content)) flag("without-territory", "perimeters", null);
  } else if (
    territory.scale !== "country" &&
    territory.scale !== "continent" &&
    perimeters.every((perimeter) => areApart(perimeter, territory))
  ) {
    flag("outside-territory", "perimeters", perimeters.map(({ name }) => name).join(", "));
  }
}

/** Hosts of test servers: `test.manche.fr`, `preprod-aides.region.fr`, `aides-recette.region.fr`. */
const testHost =
  /^(?:[^.]*-)?(?:test|tests|preprod|pre-prod|preproduction|recette|staging|uat)(?:-[^.]*)?\.|\.(?:test|invalid|localhost|local|lan|intranet)$|^localhost$|^(?:127|10|192\.168|172\.(?:1[6-9]|2\d|3[01]))\.[\d.]+$/;
/** Domains that nobody publishes an aid on. */
const noPublisher = /^(?:www\.)?(?:example\.(?:com|net)|domaine\.(?:fr|com)|monsite\.(?:fr|com)|votresite\.(?:fr|com)|test\.(?:fr|com))$/;
/** Sites whose home page is no page of an aid. Documents use `example.org` and `exemple.fr` for a publisher, so a page of them may count. */
const homePages =
  /^(?:www\.)?(?:google\.(?:fr|com)|bing\.com|qwant\.com|yahoo\.(?:fr|com)|wikipedia\.org|fr\.wikipedia\.org|example\.org|exemple\.(?:fr|com|org))$/;
const link = /^https?:\/\/(?:[^/@]*@)?([^/:?#]+)(?::\d+)?\/?([^?#]*)/i;

/** Returns true if a link leads to a test server or a placeholder, such as the home page of a search engine. */
function isPlaceholderLink(url: string): boolean {
  const [, host = "", path = ""] = link.exec(url) ?? [];
  const name = host.toLowerCase();
  return testHost.test(name) || noPublisher.test(name) || (path === "" && homePages.test(name));
}

/** The whole title is "test", with a number, initials, or one of the words that testers write. */
const testTitle =
  /^(?:(?:(?:fiche|aide|dispositif|ceci est un) )?tests?\d*(?: (?:[a-z]{1,3}|\d+|fiche|aide|dispositif|import|flux|creation))*|essai \d+|asdf\w*|azerty\w*|xxx+|(?:titre|nom) de l'aide)$/;
/** An instruction to colleagues. */
const instruction = /\b(?:a supprimer|a effacer|ne pas (?:publier|diffuser|mettre en ligne|utiliser|tenir compte)|pour test)\b/;
const testText = /^(?:[\s,;.]*tests?\d*)+[\s,;.!]*$/;

const traces = /test|supprimer|effacer|ne pas|essai|asdf|azerty|xxx|(?:titre|nom) de l/i;

/** Returns true if a title says that the aid is a test, or must not be published. */
function isTestTitle(title: string): boolean {
  if (!traces.test(title)) return false;
  const folded = foldedSentence(title)
    .replace(/[^a-z\d']+/g, " ")
    .trim();
  return testTitle.test(folded) || instruction.test(folded);
}

/** Returns true if a short text (HTML or plain) is nothing but a test. */
function isTestText(html: string): boolean {
  return html.length < 200 && /test/i.test(html) && testText.test(foldedSentence(html.replace(/<[^<>]*>/g, " ")));
}

/** Returns true if a text contains the pseudo-Latin that fills layouts. */
function isFiller(html: string): boolean {
  return html.includes("orem ipsum");
}

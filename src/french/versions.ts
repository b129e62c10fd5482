import type { Connector } from "../kit/definition.ts";
import type { Rule } from "../kit/field-rules.ts";
import { refOf } from "../kit/rules/perimeters.ts";
import type { AidField } from "../model/aid/aid.ts";
import type { VersionContent, VersionTerms } from "../model/run/connector-version.ts";
import { findPerimeter } from "../model/territories/perimeters.ts";
import { labelOf, vocabularyNames } from "../model/vocabularies.ts";
import { connectorStateLabels, scheduleMessage } from "./connectors.ts";
import { fieldName, fieldNameOrKey } from "./fields.ts";
import { guardLimitsMessage } from "./guards.ts";
import { keptRecordsMessage, ruleMessage } from "./rules.ts";
import { french, sentence } from "./typography.ts";
import { frenchMember } from "./values.ts";

type Definition = Readonly<Record<string, unknown>>;

/** The parts of a connector's version that are compared: the definition and the decisions about words. */
export interface ComparedVersion {
  readonly definition: Definition;
  readonly terms: VersionContent["terms"];
}

const keyNames: Readonly<Record<string, string>> = {
  publisher: "le producteur",
  language: "la langue",
  timeZone: "le fuseau horaire",
  title: "le titre du flux",
  importIdPrefix: "le préfixe des identifiants",
  decode: "la façon dont le flux est lu",
  outOfScope: "ce qui est hors champ",
  ignored: "les champs laissés de côté",
  placeholders: "les textes qui veulent dire « rien »",
  noise: "les textes qui sont retirés",
  tellApartBy: "ce qui distingue les titres semblables",
  policy: "à qui appartient chaque champ",
  emptyMeansEmpty: "les champs qu’un vide efface",
  contacts: "ce qui est dit des contacts",
  absence: "l’attente avant le retrait d’une aide absente",
  budget: "ce qu’une collecte peut consommer",
};

/** Returns the changes between two versions, one sentence each. `address` formats an address for display. */
export function versionChanges(before: ComparedVersion, after: ComparedVersion, address: (url: string) => string): string[] {
  return [
    ...fieldChanges((before.definition.fields ?? {}) as Definition, (after.definition.fields ?? {}) as Definition),
    ...keyChanges(before.definition, after.definition, address),
    ...termChanges(before.terms, after.terms),
  ];
}

function fieldChanges(before: Definition, after: Definition): string[] {
  return keysThatDiffer(before, after).map((key) => {
    const field = key as AidField;
    const name = fieldNameOrKey(key);
    const [was, is] = [before[key], after[key]].map((rule) => (rule === undefined ? null : ruleMessage(field, rule as Rule)));
    if (is == null) return sentence(french`${name} : laissé vide désormais (c'était : ${was ?? ""})`);
    return sentence(was == null ? french`${name} : ${is}` : french`${name} : ${is} (c'était : ${was})`);
  });
}

function keyChanges(before: Definition, after: Definition, address: (url: string) => string): string[] {
  const changed = keysThatDiffer(before, after).filter((key) => key !== "fields");
  const messages = changed.flatMap((key) => keyChange(key, before, after, address));
  return [...new Set(messages)].map(sentence);
}

function keyChange(key: string, before: Definition, after: Definition, address: (url: string) => string): string[] {
  switch (key) {
    case "feed": {
      const url = (after.feed as { url?: string }).url;
      return [url === undefined ? "la façon dont le flux est demandé change" : french`l'adresse du flux est ${address(url)}`];
    }
    case "schedule":
      return [after.schedule === undefined ? "collecté chaque nuit" : french`collecté ${scheduleMessage(String(after.schedule))}`];
    case "rhythm": {
      const days = (after.rhythm as { everyDays: number } | undefined)?.everyDays;
      return [days === undefined ? "n’est plus nourri à la main" : french`nourri à la main : un fichier tous les ${days} jours`];
    }
    case "state":
    case "because": {
      const state = connectorStateLabels[(after.state ?? "active") as "active"];
      return [after.because === undefined ? `état : ${state}` : french`état : ${state} (${String(after.because)})`];
    }
    case "publisher": {
      const [was, is] = [before, after].map(({ publisher = {} }) => publisher as Definition);
      return keysThatDiffer(was ?? {}, is ?? {}).map((part) => publisherChange(part, is?.[part]));
    }
    case "keepWhen":
      return [french`comptent : ${keptRecordsMessage(after.keepWhen as Connector["keepWhen"])}`];
    case "guards":
    case "expect": {
      const limits = guardLimitsMessage(after as Pick<Connector, "guards" | "expect">);
      return [french`garde-fous : ${limits === "" ? "les limites habituelles" : limits}`];
    }
    default:
      return [`${keyNames[key] ?? french`le réglage « ${key} »`} change`];
  }
}

function publisherChange(part: string, value: unknown): string {
  if (part === "name") return french`le producteur s'appelle « ${String(value)} »`;
  if (part === "licence") return french`licence : ${labelOf("importShareLicence", String(value))}`;
  return french`${publisherParts[part] ?? `« ${part} »`} du producteur change`;
}

const publisherParts: Readonly<Record<string, string>> = {
  kind: "la nature",
  territory: "le territoire",
  website: "le site",
  siren: "le numéro SIREN",
  agreement: "l’accord",
};

const maxTermChanges = 20;

function termChanges(before: VersionTerms, after: VersionTerms): string[] {
  const messages = [...new Set([...Object.keys(before), ...Object.keys(after)])].flatMap((name) => {
    const [was, is] = [before[name] ?? {}, after[name] ?? {}];
    return keysThatDiffer(was, is).map((word) => termChange(name, word, is[word]));
  });
  return messages.length > maxTermChanges
    ? [...messages.slice(0, maxTermChanges), french`Et ${messages.length - maxTermChanges} autres mots.`]
    : messages;
}

function termChange(name: string, word: string, targets: readonly string[] | undefined): string {
  const list = fieldName(name as AidField);
  if (targets === undefined) return sentence(french`${list} : « ${word} » n'a plus de correspondance ici`);
  if (targets.length === 0) return sentence(french`${list} : « ${word} » est ignoré`);
  return sentence(french`${list} : « ${word} » veut dire ${targets.map((target) => termLabel(name, target)).join(", ")}`);
}

/** Returns the label of a term as written in term files (a slug, `name|SIREN`, `scale:code`). */
export function termLabel(name: string, target: string): string {
  const vocabulary = vocabularyNames.find((known) => known === name);
  if (vocabulary !== undefined) return labelOf(vocabulary, target);
  if (name === "financers") return target.split("|")[0] ?? target;
  const ref = refOf(target);
  const found = ref === undefined ? undefined : findPerimeter(ref)?.perimeter;
  return found === undefined ? target : frenchMember("perimeters", found);
}

function keysThatDiffer(before: Definition, after: Definition): string[] {
  const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...keys].filter((key) => canonical(before[key]) !== canonical(after[key]));
}

/** Serialises a value regardless of key order, which a database does not keep. */
function canonical(value: unknown): string | undefined {
  return JSON.stringify(value, (_, member: unknown) =>
    typeof member === "object" && member !== null && !Array.isArray(member)
      ? Object.fromEntries(Object.entries(member).sort(([a], [b]) => (a < b ? -1 : 1)))
      : member,
  );
}

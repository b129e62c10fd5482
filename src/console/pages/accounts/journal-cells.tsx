import type { Child } from "hono/jsx";
import { frenchDay } from "../../../french/dates.ts";
import { fieldNameOrKey } from "../../../french/fields.ts";
import { roleLabels } from "../../../french/roles.ts";
import { formatNumber } from "../../parts/table.tsx";

type Format = (value: string) => string;

/** A detail as the page shows it. `format`: its value in French. `path`: the detail is an id, and this is the path of its page. */
interface Shown {
  readonly label: string;
  readonly format?: Format;
  readonly path?: string;
}

const number: Format = (value) => (/^\d+$/.test(value) ? formatNumber(Number(value)) : value);
const day: Format = (value) => (/^\d{4}-\d{2}-\d{2}$/.test(value) ? frenchDay(value) : value);
const role: Format = (value) => (Object.hasOwn(roleLabels, value) ? roleLabels[value as keyof typeof roleLabels] : value);
const yesOrNo: Format = (value) => (value === "true" ? "oui" : "non");
/** Codes that acts store. Other values, such as names and reasons, stay as they are. */
const codes: Readonly<Record<string, string>> = {
  queued: "en attente",
  running: "en cours",
  applying: "en train d’écrire son plan",
  closed: "compte fermé",
  taken: "adresse d’un autre compte",
  "no-address": "adresse non garantie",
};
const code: Format = (value) => (Object.hasOwn(codes, value) ? (codes[value] as string) : value);
const fields: Format = (value) => value.split(/, ?/).map(fieldNameOrKey).join(", ");

/** The details that the page shows. All others, such as ids without a page, are only in the files. */
const shownDetails: Readonly<Record<string, Shown>> = {
  aids: { label: "aides", format: number },
  bytes: { label: "octets", format: number },
  changes: { label: "changements", format: number },
  connector: { label: "connecteur", path: "/connecteurs/" },
  count: { label: "nombre", format: number },
  day: { label: "jour", format: day },
  dryRun: { label: "à blanc", format: yesOrNo },
  field: { label: "champ", format: fields },
  fields: { label: "champs", format: fields },
  from: { label: "avant", format: role },
  fromUntil: { label: "qui finissait le", format: day },
  left: { label: "restent", format: number },
  moved: { label: "changés entre-temps", format: number },
  name: { label: "nom" },
  note: { label: "note" },
  par: { label: "par" },
  perMinute: { label: "par minute", format: number },
  plan: { label: "plan", path: "/plans/" },
  reason: { label: "raison" },
  replay: { label: "nouvelle collecte", path: "/collectes/" },
  role: { label: "rôle", format: role },
  run: { label: "collecte", path: "/collectes/" },
  saved: { label: "enregistrés", format: number },
  spared: { label: "épargnés", format: number },
  stage: { label: "étape" },
  undid: { label: "plan défait", path: "/plans/" },
  undo: { label: "plan défait", path: "/plans/" },
  until: { label: "jusqu’au", format: day },
  was: { label: "avant", format: code },
  why: { label: "pourquoi", format: code },
};

/** Longest value on the page. The files have all of it. */
const maxLength = 200;
const uuid = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/;

/** The details of an entry in French, on a line each. Ids are links to their pages. */
export function Details({ details }: { readonly details: Readonly<Record<string, unknown>> }): Child {
  return Object.entries(details).flatMap(([name, value]) => {
    const shown = Object.hasOwn(shownDetails, name) ? shownDetails[name] : undefined;
    const text = textOf(value);
    if (shown === undefined || text === null || text === "") return [];
    const { label, format, path } = shown;
    if (path === undefined) return [<div>{`${label}\u00a0: ${(format?.(text) ?? text).slice(0, maxLength)}`}</div>];
    const link = (words: string) => <a href={`${path}${encodeURIComponent(text)}`}>{words}</a>;
    return [uuid.test(text) ? <div>{link(label)}</div> : <div>{[`${label}\u00a0: `, link(text)]}</div>];
  });
}

/** Returns all details of an entry as text, for the files. */
export function detailsText(details: Readonly<Record<string, unknown>>): string {
  return Object.entries(details)
    .filter(([, value]) => value !== null && value !== undefined)
    .map(([name, value]) => {
      const { label = name, format } = Object.hasOwn(shownDetails, name) ? (shownDetails[name] as Shown) : {};
      const text = textOf(value) ?? JSON.stringify(value);
      return `${label}\u00a0: ${format?.(text) ?? text}`;
    })
    .join("\u202f; ");
}

/** Returns a value, or a list of values, as text; null for nothing and for objects. */
function textOf(value: unknown): string | null {
  if (Array.isArray(value)) return value.every((one) => typeof one === "string") ? value.join(", ") : null;
  return value === null || value === undefined || typeof value === "object" ? null : String(value);
}

/** Paths of the pages, by the first word of a subject. */
const pagePaths: Readonly<Record<string, string>> = {
  collecte: "/collectes/",
  run: "/collectes/",
  plan: "/plans/",
  connecteur: "/connecteurs/",
  producteur: "/producteurs/",
};

/** The subject of an entry, such as `connecteur departement-drome` or `plan 3f2a…`, with a link to its page. The ids of plans, runs and people are not shown. */
export function Subject({ subject }: { readonly subject: string | null }): Child {
  if (subject === null) return "";
  const href = subjectHref(subject);
  const shown = subject
    .replace(/^run\b/, "collecte")
    .replace(uuid, "")
    .trim()
    .slice(0, maxLength);
  return href === null ? shown : <a href={href}>{shown}</a>;
}

/** Returns the page of a subject; null if it has none. */
function subjectHref(subject: string): string | null {
  const [, word = "", name = ""] = /^(\S+) (\S+)$/.exec(subject) ?? [];
  if (word === "compte") return `/comptes?${new URLSearchParams({ q: name }).toString()}`;
  if (word === "aide") return `/ou-est-mon-aide?${new URLSearchParams({ q: name }).toString()}`;
  const path = pagePaths[word];
  return path === undefined || !/^[\w-]+$/.test(name) ? null : `${path}${name}`;
}

import type { Catalogue } from "../../catalogue/open-catalogue.ts";
import { mergeForm } from "../../curation/merge-form.ts";
import { french, joinedWithAnd } from "../../french/typography.ts";
import type { Connector } from "../../kit/definition.ts";
import type { LoadedConnector } from "../../kit/loaded-connector.ts";
import type { TemplateField } from "../../kit/platforms/template-columns.ts";
import type { Values } from "../../model/run/decoded-record.ts";
import { once } from "../../model/run/feed-part.ts";
import { connectorIdFor } from "../connectors/connector-ids.ts";
import type { JobServices } from "../job-services.ts";
import { queueRequest } from "../queue/request-run.ts";
import { storeUpload } from "../stored-feeds/store-upload.ts";
import { type CheckedEntry, checkEntry, formProblems } from "./check-entry.ts";
import { currentFile, type EntryFile, idOfRow, rowsOfFile, rowWithId, withRow, writeFile } from "./entry-file.ts";
import { entryQuestions } from "./entry-questions.ts";
import { type Entry, entryName, entryOfRow, rowOfEntry } from "./entry-record.ts";
import { EntryRefused } from "./entry-refused.ts";

/** What a person typed about one aid of a publisher's file. */
export interface TypedEntry {
  readonly entry: Entry;
  /** Identifier of the row to correct; null for a new aid. */
  readonly id: string | null;
  /** Hash of the file that the form showed; "" if there was none. */
  readonly shown: string;
}

/** A typed entry as a row of the file, merged with what others have saved meanwhile. */
export interface ReadEntry {
  readonly file: EntryFile;
  readonly entry: Entry;
  readonly row: Values;
  /** Fields whose answers differ from the file. */
  readonly changed: readonly TemplateField[];
  /** Fields that somebody else changed meanwhile, to other values, with these values. */
  readonly conflicts: readonly { readonly field: TemplateField; readonly theirs: string }[];
  readonly checked: CheckedEntry;
  /** Problems that keep the entry from being saved: of all answers of a new aid, of the changed answers of a known one. */
  readonly problems: Readonly<Record<string, string>>;
}

/**
 * Reads a typed entry against the current file of the connector. `file`: `noFile` for a connector that is not stored yet.
 * @throws EntryRefused (`gone`) if the row to correct is no longer in the file
 */
export async function readEntry(
  catalogue: Catalogue,
  connector: LoadedConnector,
  { entry: typed, id, shown }: TypedEntry,
  given?: EntryFile,
): Promise<ReadEntry> {
  const { definition } = connector;
  const file = given ?? (await currentFile(catalogue, definition));
  const saved = id === null ? undefined : rowWithId(file.rows, id);
  if (id !== null && saved === undefined) throw new EntryRefused("gone");
  const before = saved === undefined ? null : entryOfRow(saved);
  const earlier = before === null || shown === file.hash ? before : await shownEntry(catalogue, connector, shown, id ?? "");
  const { written, conflicts } = before === null ? { written: typed, conflicts: [] } : mergeForm(earlier, before, typed);
  const entry: Entry = { ...written, externalId: id ?? identifierOf(written, file.rows) };
  const fields = Object.values(entryQuestions).map(({ field }) => field);
  const changed = fields.filter((field) => before === null || entry[field] !== before[field]);
  const row = { ...saved, ...rowOfEntry(entry, changed) };
  const found = await checkEntry(connector, row);
  const checked = { ...found, remarks: [...(before === null ? [] : keptRemarks(changed, entry, definition)), ...found.remarks] };
  const isChanged = (name: string) => changed.some((field) => entryName(field) === name);
  const problems = Object.entries({ ...checked.problems, ...formProblems(entry), ...takenIdentifier(entry, file.rows, id) });
  return {
    file,
    entry,
    row,
    changed,
    conflicts: conflicts.map((field) => ({ field, theirs: before?.[field] ?? "" })),
    checked,
    problems: Object.fromEntries(problems.filter(([name]) => id === null || isChanged(name))),
  };
}

/** Returns a remark about emptied answers whose former value stays, because the connector does not say that empty means empty. */
function keptRemarks(changed: readonly TemplateField[], entry: Entry, { emptyMeansEmpty }: Connector): string[] {
  const kept = changed.filter((field) => entry[field] === "" && !emptyMeansEmpty.some((name) => name === field));
  if (kept.length === 0) return [];
  const labels = kept.map((field) => french`« ${entryQuestions[field].label} »`);
  return [french`Une réponse vidée ne vide pas l'aide déjà au catalogue, qui garde l'ancienne valeur : ${joinedWithAnd(labels)}.`];
}

async function shownEntry(catalogue: Catalogue, { definition }: LoadedConnector, shown: string, id: string): Promise<Entry | null> {
  const row = rowWithId((await rowsOfFile(catalogue, shown, definition)) ?? [], id);
  return row === undefined ? null : entryOfRow(row);
}

function takenIdentifier({ externalId }: Entry, rows: readonly Values[], id: string | null): Readonly<Record<string, string>> {
  return id === null && rowWithId(rows, externalId) !== undefined
    ? { [entryName("externalId")]: french`Identifiant : « ${externalId} » désigne déjà une autre aide de ce producteur.` }
    : {};
}

/** Returns the typed identifier or, failing that, one made from the title. */
function identifierOf({ externalId, name }: Entry, rows: readonly Values[]): string {
  if (externalId !== "" || name === "") return externalId;
  const words = connectorIdFor(name) || "aide";
  const taken = new Set(rows.map(idOfRow));
  let id = words;
  for (let number = 2; taken.has(id); number++) id = `${words}-${number}`;
  return id;
}

/** Limit of tries if others save at the same time. */
const maxTries = 5;

/**
 * Saves an entry as a new version of the publisher's file, and requests its run. Others may save other aids at the same time.
 * @returns the run, or the entry as it was read if it has problems, conflicts or no change
 * @throws EntryRefused (`gone`, `busy`, `other-layout`, `forgotten-person`)
 */
export async function saveEntry(
  jobs: JobServices,
  connector: LoadedConnector,
  typed: TypedEntry,
  { by, now, isDry }: { readonly by: string; readonly now: Date; readonly isDry: boolean },
): Promise<{ readonly runId: string; readonly read: ReadEntry } | { readonly unsaved: ReadEntry }> {
  const { catalogue } = jobs.services;
  const { definition } = connector;
  for (let tries = 0; tries < maxTries; tries++) {
    const read = await readEntry(catalogue, connector, typed);
    if (Object.keys(read.problems).length + read.conflicts.length > 0 || read.changed.length === 0) return { unsaved: read };
    const bytes = await writeFile(definition, withRow(read.file.rows, read.row));
    const name = definition.decode.format === "excel" ? "aides-saisies.xlsx" : "aides-saisies.csv";
    const part = { name, contentType: null, url: null, open: () => once(bytes) };
    const keep = () => storeUpload(jobs.services, part, now);
    const snapshot = await keep();
    if (snapshot === null) throw new EntryRefused("forgotten-person");
    const { hash } = read.file;
    const options = { snapshot, brought: true, ...(hash !== null && { madeFrom: hash }), ...(isDry && { dryRun: true }) };
    const ask = { connector: definition.id, options, by, now };
    const requested = await catalogue.givenFiles.replace(ask, hash);
    if (requested === null) continue;
    await queueRequest(jobs.queue, ask, requested);
    // If the catalogue already had this snapshot, it may have been pruned just before the run referred to it.
    if (!(await catalogue.snapshots.has(snapshot))) await keep();
    return { runId: requested.runId, read };
  }
  throw new EntryRefused("busy");
}

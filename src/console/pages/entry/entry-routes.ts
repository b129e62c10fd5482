import type { StoredPublisher } from "../../../catalogue/publishers/publisher-repository.ts";
import { checkEntry } from "../../../jobs/entry/check-entry.ts";
import { currentFile, noFile, rowWithId } from "../../../jobs/entry/entry-file.ts";
import { emptyEntry, entryOfForm, entryOfRow } from "../../../jobs/entry/entry-record.ts";
import { manualConnectorOf, newManualConnector, obtainManualConnector } from "../../../jobs/entry/manual-connector.ts";
import { type ReadEntry, readEntry, saveEntry, type TypedEntry } from "../../../jobs/entry/save-entry.ts";
import { territoryEntry } from "../../entry/default-entry.ts";
import { entryPath } from "../../entry/entry-path.ts";
import { isPreviewAllowed } from "../../entry/preview-limit.tsx";
import { refusingEntry } from "../../entry/refusing-entry.ts";
import { actRoute, type Form, NotFound, type Page, pageRoute, type Route } from "../../route.ts";
import { pausedNote } from "../../run-blockers.ts";
import { type Visit, visitorOf } from "../../visit.ts";
import { isDryUpload } from "../connectors/file-upload.tsx";
import { publisherAt, subjectOf } from "../publishers/publisher-at.ts";
import { choosePublisher } from "./choose-publisher.tsx";
import { entryPage } from "./entry-page.tsx";

const path = "/producteurs/:producteur/saisir";

const form = pageRoute(path, "bizdev", (visit) => refusingEntry(() => formOf(visit)));

async function formOf(visit: Visit): Promise<Page> {
  const publisher = await publisherAt(visit);
  const id = visit.query.get("aide");
  const connector = await manualConnectorOf(visit.console.jobs, publisher);
  const file = connector === null ? noFile : await currentFile(visit.catalogue, connector.definition);
  if (id === null) {
    // Says at once that the publisher needs a territory.
    if (connector === null) await newManualConnector(visit.console.jobs, publisher);
    const entry = emptyEntry({ financers: publisher.name, ...territoryEntry(publisher) });
    return entryPage(visit, { publisher, file, entry, id, checked: null });
  }
  const row = rowWithId(file.rows, id);
  if (connector === null || row === undefined) throw new NotFound("Cette aide n’est pas dans le fichier de ce producteur.");
  return entryPage(visit, { publisher, file, entry: entryOfRow(row), id, checked: await checkEntry(connector, row) });
}

const preview = actRoute(`${path}/apercu`, { who: "bizdev", act: null }, (visit, sent) =>
  refusingEntry(async () => {
    const publisher = await publisherAt(visit);
    const typed = typedEntry(sent);
    if (!(await isPreviewAllowed(visit))) return unreadPage(visit, publisher, typed);
    return pageOf(visit, publisher, typed, await readOf(visit, publisher, typed), false);
  }),
);

/** Returns the form as it was typed, without a preview. */
function unreadPage(visit: Visit, publisher: StoredPublisher, { entry, id, shown }: TypedEntry): Page {
  return entryPage(visit, { publisher, file: { ...noFile, hash: shown }, entry, id, checked: null, status: 429 });
}

const save = actRoute(path, { who: "bizdev", act: "aid.enter" }, (visit, sent) => refusingEntry(() => saved(visit, sent)));

async function saved(visit: Visit, sent: Form) {
  const publisher = await publisherAt(visit);
  const typed = typedEntry(sent);
  const read = await readOf(visit, publisher, typed);
  if (isUnsavable(read)) return pageOf(visit, publisher, typed, read, true);
  const { jobs } = visit.console;
  const author = { by: visitorOf(visit).name, now: visit.now };
  const connector = await obtainManualConnector(jobs, publisher, author);
  const done = await saveEntry(jobs, connector, typed, { ...author, isDry: isDryUpload(sent) });
  if ("unsaved" in done) return pageOf(visit, publisher, typed, done.unsaved, true);
  const { entry, changed } = done.read;
  return {
    message: `L’aide est dans le fichier du producteur, sa collecte est demandée. ${await pausedNote(visit)}`.trim(),
    to: `/collectes/${done.runId}`,
    subject: subjectOf(publisher),
    details: { connector: connector.definition.id, aid: entry.externalId, run: done.runId, fields: changed.join(", ") },
  };
}

function typedEntry(sent: Form): TypedEntry {
  return { entry: entryOfForm(sent), id: sent.has("aide") ? sent.text("aide") : null, shown: sent.text("fichier") };
}

async function readOf(visit: Visit, publisher: StoredPublisher, typed: TypedEntry): Promise<ReadEntry> {
  const { jobs } = visit.console;
  const known = await manualConnectorOf(jobs, publisher);
  if (known !== null) return readEntry(visit.catalogue, known, typed);
  return readEntry(visit.catalogue, await newManualConnector(jobs, publisher), typed, noFile);
}

function isUnsavable({ problems, conflicts, changed }: ReadEntry): boolean {
  return Object.keys(problems).length > 0 || conflicts.length > 0 || changed.length === 0;
}

/** Returns the page with a read form. `isSent`: the person wanted to save it. */
function pageOf(visit: Visit, publisher: StoredPublisher, { id, entry: typed }: TypedEntry, read: ReadEntry, isSent: boolean) {
  const { file, entry, conflicts, checked, problems, changed } = read;
  if (isSent && changed.length === 0) return { to: entryPath(publisher, id) };
  const status = !isSent ? 200 : Object.keys(problems).length > 0 ? 422 : 409;
  // An identifier made from the title is not shown, because it follows the title until the aid is saved.
  const shown = { ...entry, externalId: id === null ? typed.externalId : entry.externalId };
  return entryPage(visit, { publisher, file, entry: shown, id, checked, problems: isSent ? problems : {}, conflicts, status });
}

/** Routes of the form for one aid, without a file. */
export const entryRoutes: readonly Route[] = [choosePublisher, form, preview, save];

import type { Child } from "hono/jsx";
import type { StoredPublisher } from "../../../catalogue/publishers/publisher-repository.ts";
import { counted, french } from "../../../french/typography.ts";
import { type CheckedEntry, checkEntry } from "../../../jobs/entry/check-entry.ts";
import { currentFile, type EntryFile, idOfRow, noFile, rowWithId } from "../../../jobs/entry/entry-file.ts";
import { entryQuestions } from "../../../jobs/entry/entry-questions.ts";
import { cellText, type Entry, emptyEntry, entryOfForm, entryOfRow } from "../../../jobs/entry/entry-record.ts";
import { manualConnectorOf, newManualConnector, obtainManualConnector } from "../../../jobs/entry/manual-connector.ts";
import { type ReadEntry, readEntry, saveEntry, type TypedEntry } from "../../../jobs/entry/save-entry.ts";
import { territoryEntry } from "../../entry/default-entry.ts";
import { EntryForm } from "../../entry/entry-form.tsx";
import { entryPath } from "../../entry/entry-path.ts";
import { isPreviewAllowed, NoPreview } from "../../entry/entry-preview.tsx";
import { refusingEntry } from "../../entry/refusing-entry.ts";
import { ConflictAlert } from "../../forms/form.tsx";
import { Problems } from "../../parts/alert.tsx";
import { Collapsible } from "../../parts/collapsible.tsx";
import { List } from "../../parts/list.tsx";
import { actRoute, type Form, NotFound, type Page, pageRoute, type Route } from "../../route.ts";
import { pausedNote } from "../../run-blockers.ts";
import { type Visit, visitorOf } from "../../visit.ts";
import { AfterUpload, isDryUpload } from "../connectors/file-upload.tsx";
import { breadcrumbOf, publisherAt, subjectOf } from "../publishers/publisher-at.ts";
import { choosePublisher } from "./choose-publisher.tsx";

/** What the page of the form shows. `id`: identifier of the row to correct; null for a new aid. */
interface EntryPageGiven {
  readonly publisher: StoredPublisher;
  readonly file: EntryFile;
  readonly entry: Entry;
  readonly id: string | null;
  /** Null for an empty form. */
  readonly checked: CheckedEntry | null;
  readonly problems?: Readonly<Record<string, string>>;
  readonly conflicts?: ReadEntry["conflicts"];
  readonly status?: NonNullable<Page["status"]>;
}

/** The page with the form for one aid of a publisher, and its preview. */
function entryPage(visit: Visit, given: EntryPageGiven): Page {
  const { publisher, file, entry, id, checked, problems = {}, conflicts = [], status = 200 } = given;
  const path = entryPath(publisher);
  const title = id === null ? "Saisir une aide" : "Corriger une aide saisie";
  return {
    title,
    breadcrumb: breadcrumbOf(publisher),
    menuPath: "/producteurs",
    status,
    content: (
      <>
        <h1>{title}</h1>
        <p class="fr-text--lead">{id === null ? publisher.name : french`${publisher.name} : ${entry.name}`}</p>
        {status === 409 && <ConflictAlert who={file.by ?? "Quelqu’un"} conflicts={conflicts.map(conflictOf)} />}
        {status === 429 && <NoPreview />}
        <Problems problems={problems} />
        <p>
          Une aide enregistrée devient une ligne du fichier de ce producteur, comme dans <a href="/modeles">notre modèle</a>. Une collecte
          la lit ensuite, et son plan se défait. Sans les champs obligatoires, elle peut être enregistrée, pas publiée.
        </p>
        {id === null && <KnownAids publisher={publisher} file={file} />}
        <EntryForm
          action={path}
          csrf={visit.csrf}
          entry={entry}
          checked={checked}
          problems={problems}
          isKnown={id !== null}
          submit="Enregistrer"
          leaveTo={`/producteurs/${publisher.publisherId}`}
          hidden={
            <>
              <input type="hidden" name="fichier" value={file.hash ?? ""} />
              {id !== null && <input type="hidden" name="aide" value={id} />}
            </>
          }
          afterFields={<AfterUpload />}
        />
      </>
    ),
  };
}

function conflictOf({ field, theirs }: ReadEntry["conflicts"][number]) {
  return { label: entryQuestions[field].label, theirs: theirs === "" ? "rien" : theirs };
}

/** Maximum number of aids with a link. The others have one on their own page. */
const maxListed = 200;

function KnownAids({ publisher, file: { rows } }: { readonly publisher: StoredPublisher; readonly file: EntryFile }): Child {
  if (rows.length === 0) return null;
  const title = entryQuestions.name.titles[0] ?? "";
  return (
    <Collapsible summary={french`Corriger une aide déjà saisie (${counted(rows.length, "ligne")})`}>
      <List
        items={rows
          .slice(-maxListed)
          .map((row) => <a href={entryPath(publisher, idOfRow(row))}>{cellText(row[title]) || idOfRow(row) || "sans titre"}</a>)}
      />
      {rows.length > maxListed && <p>Les plus anciennes se corrigent depuis leur page au catalogue.</p>}
    </Collapsible>
  );
}

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

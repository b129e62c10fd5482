import type { Child } from "hono/jsx";
import type { StoredPublisher } from "../../../catalogue/publishers/publisher-repository.ts";
import { counted, french } from "../../../french/typography.ts";
import type { CheckedEntry } from "../../../jobs/entry/check-entry.ts";
import { type EntryFile, idOfRow } from "../../../jobs/entry/entry-file.ts";
import { entryQuestions } from "../../../jobs/entry/entry-questions.ts";
import { cellText, type Entry } from "../../../jobs/entry/entry-record.ts";
import type { ReadEntry } from "../../../jobs/entry/save-entry.ts";
import { EntryForm } from "../../entry/entry-form.tsx";
import { entryPath } from "../../entry/entry-path.ts";
import { NoPreview } from "../../entry/preview-limit.tsx";
import { ConflictAlert } from "../../forms/conflict.tsx";
import { Problems } from "../../parts/alert.tsx";
import { Collapsible } from "../../parts/collapsible.tsx";
import type { Page } from "../../route.ts";
import type { Visit } from "../../visit.ts";
import { AfterUpload } from "../connectors/file-upload.tsx";
import { breadcrumbOf } from "../publishers/publisher-at.ts";

/** What the page of the form shows. `id`: identifier of the row to correct; null for a new aid. */
export interface EntryPageGiven {
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
export function entryPage(visit: Visit, given: EntryPageGiven): Page {
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
      <ul>
        {rows.slice(-maxListed).map((row) => (
          <li>
            <a href={entryPath(publisher, idOfRow(row))}>{cellText(row[title]) || idOfRow(row) || "sans titre"}</a>
          </li>
        ))}
      </ul>
      {rows.length > maxListed && <p>Les plus anciennes se corrigent depuis leur page au catalogue.</p>}
    </Collapsible>
  );
}

import type { Child } from "hono/jsx";
import { capitalize, french } from "../../../french/typography.ts";
import type { CheckedEntry } from "../../../jobs/entry/check-entry.ts";
import { fileOfIdentifiers } from "../../../jobs/entry/entry-file.ts";
import { type Entry, emptyEntry, entryName, entryOfForm } from "../../../jobs/entry/entry-record.ts";
import { EntryRefused } from "../../../jobs/entry/entry-refused.ts";
import { manualConnectorOf, newManualConnector } from "../../../jobs/entry/manual-connector.ts";
import { type ReadEntry, readEntry } from "../../../jobs/entry/save-entry.ts";
import { bytesOfEntry } from "../../../jobs/entry/take-entry.ts";
import type { LoadedConnector } from "../../../kit/loaded-connector.ts";
import type { FileProblem } from "../../../model/publisher/file-problem.ts";
import { titleWithoutPeople } from "../../../privacy/text-without-people.ts";
import { isWithinHourlyLimits } from "../../access/attempt-limits.ts";
import { territoryEntry } from "../../entry/default-entry.ts";
import { EntryForm } from "../../entry/entry-form.tsx";
import { isPreviewAllowed, NoPreview } from "../../entry/entry-preview.tsx";
import { Alert, Problems } from "../../parts/alert.tsx";
import { actRoute, CannotDo, type Page, pageRoute, type Route } from "../../route.ts";
import type { Visit } from "../../visit.ts";
import { type ActingPublisher, actingByAccount } from "./acting-publisher.ts";
import { problemWords } from "./file-state.ts";
import { done } from "./publisher-acts.ts";
import { spacePage } from "./space-frame.tsx";

const path = "/espace/saisir";
/** Maximum number of aids that a publisher enters in an hour. */
const maxEntriesPerHour = 60;
/** Hidden field with the id of the refused entry that is corrected. */
const resumesField = "reprise";
const takenIdentifier = french`Identifiant : il désigne déjà une autre aide de votre fichier. Choisissez-en un autre, ou laissez vide.`;
const noTerritory = french`Il nous manque le territoire où vous intervenez. Demandez à la personne qui suit vos aides de le noter, puis revenez.`;

/** A publisher that enters aids, with the connector that reads them. An unsaved one if the publisher has none yet. */
interface Entering {
  readonly acting: ActingPublisher;
  readonly territory: string | null;
  readonly connector: LoadedConnector;
}

const form = pageRoute(path, "publisher", async (visit) => {
  const acting = await actingByAccount(visit);
  const entering = await enteringOf(visit, acting);
  if (entering === null) {
    const content = (
      <>
        <h1>Saisir une aide</h1>
        <p>{noTerritory}</p>
      </>
    );
    return spacePage(visit, acting, { title: "Saisir une aide", at: "/aides", content });
  }
  const fileId = visit.query.get("reprise") ?? "";
  const refused = fileId === "" ? null : await visit.catalogue.publisherFiles.refusedEntry(acting.publisherId, fileId);
  if (refused === null) return entryPage(visit, entering, emptyEntry({ financers: acting.name, ...territoryEntry(entering) }), {});
  const entry = emptyEntry(refused.answers);
  const { checked, problems } = await read(visit, entering, entry);
  const taken = refused.problem === "taken-identifier" ? { [entryName("externalId")]: takenIdentifier } : {};
  return entryPage(visit, entering, entry, { checked, problems: { ...problems, ...taken }, resumes: fileId, refusal: refused.problem });
});

const preview = actRoute(`${path}/apercu`, { who: "publisher", act: null }, async (visit, sent) => {
  const entering = await able(visit);
  const typed = entryOfForm(sent);
  const resumes = sent.text(resumesField);
  if (!(await isPreviewAllowed(visit))) return entryPage(visit, entering, typed, { resumes, status: 429, alert: <NoPreview /> });
  return entryPage(visit, entering, typed, { resumes, checked: (await read(visit, entering, typed)).checked });
});

/** Stores an entered aid. A worker adds it to the publisher's file (`jobs/entry/take-entry.ts`): the public process may not read that file. */
const save = actRoute(path, { who: "publisher", act: "space.enter" }, async (visit, sent) => {
  const entering = await able(visit);
  const typed = entryOfForm(sent);
  const resumes = sent.text(resumesField);
  const { checked, problems } = await read(visit, entering, typed);
  if (Object.keys(problems).length > 0) return entryPage(visit, entering, typed, { resumes, checked, problems, status: 422 });
  const { catalogue, now } = visit;
  const { publisherId, by } = entering.acting;
  if (!(await isWithinHourlyLimits(visit, [[`entry-of:${publisherId}`, maxEntriesPerHour]])))
    return entryPage(visit, entering, typed, { resumes, checked, status: 429, alert: <TooMany /> });
  const name = titleWithoutPeople(typed.name, await catalogue.personAnswers.services());
  await catalogue.publisherFiles.add({ publisherId, kind: "entry", connector: null, name, content: bytesOfEntry(typed), by, at: now });
  if (resumes !== "") await catalogue.publisherFiles.dropAnswers(publisherId, resumes);
  const message = french`Merci, « ${name} » nous est parvenue. ${howItGoes(entering.acting)}`;
  return done(visit, entering.acting, "enter", { message, to: "/espace", details: {} });
});

/** What the page of the form shows beside the answers. */
interface Shown {
  /** Undefined without a preview. */
  readonly checked?: CheckedEntry;
  readonly problems?: ReadEntry["problems"];
  readonly status?: 422 | 429;
  readonly alert?: Child;
  /** Id of the refused entry that is corrected; "" for a new one. */
  readonly resumes?: string;
  /** Why the worker refused it, on the page that opens it again. */
  readonly refusal?: FileProblem;
}

/** Returns the form with these answers. */
function entryPage(visit: Visit, { acting }: Entering, entry: Entry, shown: Shown): Page {
  const { checked = null, problems = {}, status = 200, alert = null, resumes = "", refusal } = shown;
  return spacePage(visit, acting, {
    title: "Saisir une aide",
    at: "/aides",
    status,
    content: (
      <>
        <h1>Saisir une aide</h1>
        <p class="fr-text--lead">{french`Pour une aide qui manque à vos flux, ou si vous n'avez pas de fichier.`}</p>
        <p>{howItGoes(acting)}</p>
        {alert}
        {refusal !== undefined && <Refused problem={refusal} />}
        <Problems problems={problems} />
        <EntryForm
          action={path}
          csrf={visit.csrf}
          entry={entry}
          checked={checked}
          problems={problems}
          isKnown={false}
          submit="Envoyer"
          leaveTo="/espace"
          hidden={resumes !== "" && <input type="hidden" name={resumesField} value={resumes} />}
        />
      </>
    ),
  });
}

/** Says why a worker refused the entry that is shown again. */
function Refused({ problem }: { readonly problem: FileProblem }): Child {
  return (
    <Alert kind="warning" title="Cette aide n’a pas été enregistrée" level={2}>
      <p>{french`${capitalize(problemWords[problem])}. Vos réponses sont ci-dessous : corrigez-les, puis envoyez-les à nouveau.`}</p>
    </Alert>
  );
}

function TooMany(): Child {
  return (
    <Alert kind="warning" title="Trop d’aides à la fois" level={2} isAnnounced>
      <p>{french`Plus de ${maxEntriesPerHour} aides en une heure : envoyez-nous plutôt un fichier, ou renvoyez celle-ci plus tard.`}</p>
    </Alert>
  );
}

function howItGoes({ isDirect }: ActingPublisher): string {
  return isDirect ? french`Elle rejoint vos aides d'ici quelques minutes.` : french`Nous la relisons, puis elle rejoint vos aides.`;
}

/** Reads an entry against the identifiers of the publisher's aids. The worker reads it again against the file. */
async function read({ catalogue }: Visit, { connector }: Entering, entry: Entry): Promise<ReadEntry> {
  const { externalId } = entry;
  const of = { connector: connector.definition.id, externalId };
  const { value: known } = externalId === "" ? { value: [] } : await catalogue.aids.curated(of).next();
  const file = fileOfIdentifiers((known ?? []).length > 0 ? [externalId] : []);
  return readEntry(catalogue, connector, { entry, id: null, shown: "" }, file);
}

/** Returns the publisher that enters aids. Throws `CannotDo` if it cannot have a connector yet. */
async function able(visit: Visit): Promise<Entering> {
  const entering = await enteringOf(visit, await actingByAccount(visit));
  if (entering === null) throw new CannotDo(noTerritory, 409);
  return entering;
}

/** Returns null if the territory of the publisher is unknown, so that it cannot have a connector yet. */
async function enteringOf({ catalogue, console: { jobs } }: Visit, acting: ActingPublisher): Promise<Entering | null> {
  const { publisherId } = acting;
  const found = await catalogue.publisherAccounts.publisher(publisherId);
  const { name = acting.name, kind = "any", territory = null, licence = null } = found ?? {};
  // The other facts do not change how an aid is read, and the public process may not read them.
  const publisher = { publisherId, name, kind, territory, licence, siren: null, website: null, agreementDocument: null, agreedOn: null };
  try {
    const connector = (await manualConnectorOf(jobs, publisher)) ?? (await newManualConnector(jobs, publisher));
    return { acting, territory, connector };
  } catch (error) {
    if (error instanceof EntryRefused) return null;
    throw error;
  }
}

/** The form in which a publisher enters an aid. */
export const enterRoutes: readonly Route[] = [form, preview, save];

import type { Child } from "hono/jsx";
import { z } from "zod";
import { publisherStageLabels } from "../../../french/publishers.ts";
import { counted, french } from "../../../french/typography.ts";
import { foldTerm } from "../../../kit/values/text/fold-term.ts";
import { publisherStages } from "../../../model/publisher/publisher-stage.ts";
import { isDay } from "../../../model/text/is-day.ts";
import { onePage, TableFileLinks, tableFileRoutes } from "../../lists/table-files.tsx";
import { Alert } from "../../parts/alert.tsx";
import { ActForm, FileField } from "../../parts/form-controls.tsx";
import { ParagraphLink } from "../../parts/link.tsx";
import { List } from "../../parts/list.tsx";
import { Table } from "../../parts/table.tsx";
import { formatDay } from "../../parts/time.ts";
import { actRoute, type Form, type Page, pageRoute } from "../../route.ts";
import { type Visit, visitorOf } from "../../visit.ts";
import { peopleInCharge } from "./person-in-charge.tsx";
import { type FollowUp, type FollowUpLine, followUpColumns, maxLines, readFollowUp } from "./read-follow-up.ts";
import { type PublisherRow, readPublisherRows } from "./read-publisher-rows.ts";

const path = "/producteurs/suivi";
const maxFileBytes = 2_000_000;
const maxSentBytes = 8_000_000;
/** Lines shown before they are saved; the others are counted. */
const linesShown = 200;

const file = tableFileRoutes(path, "bizdev", async (visit) => ({
  fileName: "suivi-des-producteurs",
  title: "Suivi",
  columns: [
    { title: followUpColumns.id, text: ({ publisher }: PublisherRow) => publisher.publisherId },
    { title: followUpColumns.name, text: ({ publisher }: PublisherRow) => publisher.name },
    { title: followUpColumns.stage, text: ({ publisher }: PublisherRow) => publisherStageLabels[publisher.stage] },
    { title: followUpColumns.inCharge, text: ({ inCharge }: PublisherRow) => inCharge },
    { title: followUpColumns.day, text: ({ publisher }: PublisherRow) => publisher.nextActionOn },
    { title: followUpColumns.action, text: ({ publisher }: PublisherRow) => publisher.nextAction },
  ],
  pages: onePage(await readPublisherRows(visit)),
}));

const show = pageRoute(path, "bizdev", (visit) => followUpPage(visit));

const read = actRoute(path, { who: "bizdev", act: "publisher.read-follow-up", maxBytes: maxFileBytes }, async (visit, form) => {
  const sent = form.file("fichier");
  if (sent === null) return followUpPage(visit, "Choisissez un fichier : rien n’a été envoyé, ou le fichier est vide.");
  const publishers = await visit.catalogue.publishers.list();
  const people = new Map((await peopleInCharge(visit)).map(({ value, label }) => [foldTerm(label), value]));
  const lines = readFollowUp(new Uint8Array(await sent.arrayBuffer()), { publishers, people });
  return typeof lines === "string" ? followUpPage(visit, lines) : changesPage(visit, lines);
});

const Sent = z.object({
  publisher: z.uuid(),
  revision: z.number().int(),
  change: z.strictObject({
    stage: z.enum(publisherStages).optional(),
    personInCharge: z.uuid().nullable().optional(),
    nextAction: z.string().max(300).nullable().optional(),
    nextActionOn: z.string().refine(isDay).nullable().optional(),
  }),
});

const save = actRoute(
  `${path}/enregistrer`,
  { who: "bizdev", act: "publisher.save-follow-up", maxBytes: maxSentBytes },
  async (visit, form) => {
    const sent = sentLines(form);
    const outcomes = { saved: 0, moved: [] as string[] };
    for (const { publisher, revision, change } of sent) {
      if (await isSaved(visit, publisher, revision, change as FollowUp)) outcomes.saved++;
      else outcomes.moved.push((await visit.catalogue.publishers.find(publisher))?.name ?? publisher);
    }
    const left =
      outcomes.moved.length === 0
        ? ""
        : french` Changés entre-temps, et laissés tels quels : ${outcomes.moved.join(", ")}. Téléchargez la liste à nouveau pour eux.`;
    return {
      message: `${counted(outcomes.saved, "producteur")} ${outcomes.saved > 1 ? "sont mis à jour" : "est mis à jour"}.${left}`,
      to: "/producteurs",
      subject: null,
      details: { saved: outcomes.saved, moved: outcomes.moved.length },
    };
  },
);

/** Routes of the follow-up file: the file, its form, its changes before they are saved, and the act. */
export const followUpRoutes = [...file, show, read, save] as const;

function sentLines(form: Form): readonly z.infer<typeof Sent>[] {
  return form
    .all("ligne")
    .slice(0, maxLines)
    .flatMap((text) => {
      try {
        const parsed = Sent.safeParse(JSON.parse(text));
        return parsed.success ? [parsed.data] : [];
      } catch {
        return [];
      }
    });
}

/** Saves a line. Returns false if somebody changed the publisher since the file was read. */
async function isSaved(visit: Visit, publisherId: string, revision: number, { stage, ...facts }: FollowUp): Promise<boolean> {
  const { publishers } = visit.catalogue;
  const publisher = await publishers.find(publisherId);
  if (publisher === null || publisher.revision !== revision) return false;
  const by = { by: visitorOf(visit).name, now: visit.now };
  if (Object.keys(facts).length > 0 && !(await publishers.save(publisher, { ...publisher, ...facts }, by))) return false;
  return stage === undefined || publishers.moveTo(publisherId, stage, { ...by, from: publisher.stage });
}

function followUpPage(visit: Visit, problem?: string): Page {
  return {
    title: "Suivi par tableur",
    breadcrumb: [{ title: "Producteurs", href: "/producteurs" }],
    menuPath: "/producteurs",
    ...(problem !== undefined && { status: 422 as const }),
    content: (
      <>
        <h1>Suivi par tableur</h1>
        <p>
          Téléchargez le suivi, changez-le dans un tableur ou dans Grist, puis déposez-le ici en CSV. Vous verrez ce qui change avant que
          rien ne soit enregistré. Vos prochaines actions y sont : gardez ce fichier pour l’équipe.
        </p>
        <TableFileLinks what="le suivi" path={path} />
        <ul>
          <li>{french`Colonnes lues : « ${followUpColumns.stage} », « ${followUpColumns.inCharge} », « ${followUpColumns.action} » et « ${followUpColumns.day} » (sa date). Les autres sont ignorées.`}</li>
          <li>{french`Une case vide ne change rien ; un tiret « - » efface.`}</li>
          <li>{french`Un producteur est reconnu par « ${followUpColumns.id} », sinon par « ${followUpColumns.siren} », sinon par son nom. Aucun n'est ajouté ni supprimé.`}</li>
        </ul>
        <ActForm action={path} csrf={visit.csrf} hasFiles class="moisson-narrow">
          <FileField name="fichier" label="Fichier CSV" hint={`${maxLines} lignes au plus.`} problem={problem} required />
          <button type="submit" class="fr-btn">
            Voir ce qui change
          </button>
        </ActForm>
      </>
    ),
  };
}

/** The lines of a file: what each changes, before anything is saved. */
async function changesPage(visit: Visit, lines: readonly FollowUpLine[]): Promise<Page> {
  const names = new Map((await peopleInCharge(visit)).map(({ value, label }) => [value, label]));
  const changes = lines.filter(({ publisher, change }) => publisher !== null && Object.keys(change).length > 0);
  const problems = lines.filter((line) => line.problems.length > 0);
  return {
    title: "Suivi par tableur",
    breadcrumb: [{ title: "Producteurs", href: "/producteurs" }],
    menuPath: "/producteurs",
    content: (
      <>
        <h1>Ce que change votre fichier</h1>
        {problems.length > 0 && (
          <Alert kind="warning" title={french`${counted(problems.length, "ligne")} à revoir`} level={2}>
            <List
              items={problems
                .slice(0, linesShown)
                .map(({ line, title, problems: said }) => french`Ligne ${line}, ${title} : ${said.join(" ")}`)}
            />
          </Alert>
        )}
        {changes.length === 0 ? (
          <p>Rien ne change : ce fichier dit ce que la liste dit déjà.</p>
        ) : (
          <>
            <Table
              caption={`${counted(changes.length, "producteur")} à mettre à jour`}
              head={["Producteur", "Ce qui change"]}
              rows={changes.slice(0, linesShown).map((line) => [line.title, <Changes line={line} names={names} />])}
            />
            {changes.length > linesShown && <p>{french`Et ${counted(changes.length - linesShown, "autre")}.`}</p>}
            <ActForm action={`${path}/enregistrer`} csrf={visit.csrf}>
              {changes.map(({ publisher, change }) => (
                <input
                  type="hidden"
                  name="ligne"
                  value={JSON.stringify({ publisher: publisher?.publisherId, revision: publisher?.revision, change })}
                />
              ))}
              <button type="submit" class="fr-btn">
                {`Enregistrer pour ${counted(changes.length, "producteur")}`}
              </button>
            </ActForm>
          </>
        )}
        <ParagraphLink href={path} label="Déposer un autre fichier" />
      </>
    ),
  };
}

function Changes({ line, names }: { readonly line: FollowUpLine; readonly names: ReadonlyMap<string, string> }): Child {
  const { publisher, change } = line;
  if (publisher === null) return null;
  const person = (id: string | null) => (id === null ? null : (names.get(id) ?? "quelqu’un"));
  const day = (value: string | null) => (value === null ? null : formatDay(value));
  const rows = [
    change.stage !== undefined && {
      title: followUpColumns.stage,
      was: publisherStageLabels[publisher.stage],
      now: publisherStageLabels[change.stage],
    },
    change.personInCharge !== undefined && {
      title: followUpColumns.inCharge,
      was: person(publisher.personInCharge),
      now: person(change.personInCharge),
    },
    change.nextAction !== undefined && { title: followUpColumns.action, was: publisher.nextAction, now: change.nextAction },
    change.nextActionOn !== undefined && { title: followUpColumns.day, was: day(publisher.nextActionOn), now: day(change.nextActionOn) },
  ].filter((row) => row !== false);
  return <List items={rows.map(({ title, was, now }) => french`${title} : ${was ?? "rien"} → ${now ?? "rien"}`)} />;
}

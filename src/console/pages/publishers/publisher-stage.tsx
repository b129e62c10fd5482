import type { Child } from "hono/jsx";
import type { Catalogue } from "../../../catalogue/open-catalogue.ts";
import type { LiveLicence, PublisherActivity } from "../../../catalogue/publishers/publisher-listing-repository.ts";
import type { StoredPublisher } from "../../../catalogue/publishers/publisher-repository.ts";
import { exchangeSentence } from "../../../french/exchanges.ts";
import { publisherStageLabels, publisherStageNextSteps } from "../../../french/publishers.ts";
import { capitalize, counted, french, isPlural } from "../../../french/typography.ts";
import { isOpenAid } from "../../../model/aid/open-data.ts";
import type { ConfirmedBasis } from "../../../model/aid/reuse-basis.ts";
import { type PublisherStage, publisherStages } from "../../../model/publisher/publisher-stage.ts";
import type { Slug } from "../../../model/vocabularies.ts";
import { Alert } from "../../parts/alert.tsx";
import { Badge, type Tone } from "../../parts/badge.tsx";
import { ActForm, Select, SubmitButton } from "../../parts/form-controls.tsx";
import { formatDateTime } from "../../parts/time.ts";
import { CannotDo } from "../../route.ts";
import { actorOf } from "../../visit.ts";
import { type PublisherView, publisherAct, publisherAt } from "./publisher-at.ts";

/**
 * A contradiction between a publisher's stage and its published aids, which only a person can resolve. `stopped`: stage `refused` or
 * `paused`, with published aids; `withdrawn`: agreement withdrawn, with published aids; `empty`: stage `online`, without published aids.
 */
export type PublisherDoubt = (typeof publisherDoubts)[number];

/** All contradictions, in the order of the pages. */
export const publisherDoubts = ["stopped", "withdrawn", "empty"] as const;

/** Returns the contradiction, or null. */
export function doubtOf(
  { stage, licence }: Pick<StoredPublisher, "stage" | "licence">,
  { liveAids, wasAgreed }: Pick<PublisherActivity, "liveAids" | "wasAgreed">,
): PublisherDoubt | null {
  if (liveAids === 0) return stage === "online" ? "empty" : null;
  if (stage === "refused" || stage === "paused") return "stopped";
  return licence === null && wasAgreed ? "withdrawn" : null;
}

/** Reads the contradiction of a publisher, or null. */
async function readDoubt({ publisherListing }: Catalogue, publisher: StoredPublisher): Promise<PublisherDoubt | null> {
  const activity = (await publisherListing.activity()).find(({ publisherId }) => publisherId === publisher.publisherId);
  return activity === undefined ? null : doubtOf(publisher, activity);
}

/** Texts shown beside the stage. */
export const doubtWords: Readonly<Record<PublisherDoubt, string>> = {
  stopped: "des aides restent en ligne",
  withdrawn: "accord retiré, des aides restent en ligne",
  empty: "sans aide publiée",
};

const tones: Readonly<Record<PublisherStage, Tone>> = {
  spotted: "neutral",
  contacted: "info",
  talking: "info",
  agreed: "new",
  online: "success",
  paused: "warning",
  refused: "error",
};

export function StageBadge({ stage, doubt = null }: { readonly stage: PublisherStage; readonly doubt?: PublisherDoubt | null }): Child {
  return (
    <>
      <Badge tone={tones[stage]} label={publisherStageLabels[stage]} />
      {doubt !== null && <div class="moisson-mention">{doubtWords[doubt]}</div>}
    </>
  );
}

export function StageForm({ visit, publisher, again }: PublisherView): Child {
  const choices = publisherStages.map((value) => ({ value, label: capitalize(publisherStageLabels[value]) }));
  return (
    <section class="fr-mb-4w moisson-no-print">
      <h2>Où nous en sommes</h2>
      <p>{publisherStageNextSteps[publisher.stage]}</p>
      <ActForm action={`/producteurs/${publisher.publisherId}/etape`} csrf={visit.csrf} class="moisson-filters__row">
        <input type="hidden" name="etait" value={publisher.stage} />
        <Select name="etape" label="Étape" choices={choices} value={again.typed.etape ?? publisher.stage} />
        <div class="moisson-filters__button fr-mb-2w">
          <SubmitButton label="Changer l’étape" isSecondary />
        </div>
      </ActForm>
    </section>
  );
}

/** Changes the stage of a publisher. The log records the former stage. */
export const stageAct = publisherAct("etape", "publisher.stage", async (visit, publisher, form) => {
  const stage = publisherStages.find((known) => known === form.text("etape"));
  if (stage === undefined) throw new CannotDo("Cette étape n’existe pas.");
  if (stage === publisher.stage) return {};
  const { publishers } = visit.catalogue;
  const by = { ...actorOf(visit), from: publisher.stage };
  if (form.text("etait") !== publisher.stage || !(await publishers.moveTo(publisher.publisherId, stage, by))) {
    const moved = await movedSentence(visit.catalogue, await publisherAt(visit));
    return { again: { typed: { etape: stage }, problems: {}, moved } };
  }
  const hint = await hintOf(visit.catalogue, { ...publisher, stage });
  return {
    message: french`Le producteur est à l'étape « ${publisherStageLabels[stage]} ».${hint}`,
    details: { was: publisherStageLabels[publisher.stage], stage: publisherStageLabels[stage] },
  };
});

/** Returns a hint about the new stage, or "". */
async function hintOf(catalogue: Catalogue, publisher: StoredPublisher): Promise<string> {
  if (publisher.stage === "agreed" && publisher.licence === null) return " Notez la licence convenue : c’est elle qui permet l’export.";
  await catalogue.search.catchUp();
  const doubt = await readDoubt(catalogue, publisher);
  if (doubt === "empty") return " Aucune de ses aides n’est pourtant publiée : la liste et la couverture le disent.";
  return doubt === "stopped" ? " Des aides de ce producteur restent en ligne : voyez ci-dessous ce qui sort encore." : "";
}

/** Returns sentences that say who changed the stage meanwhile. */
async function movedSentence({ exchanges }: Catalogue, { publisherId, stage }: StoredPublisher): Promise<string> {
  const last = (await exchanges.list(publisherId)).find(({ kind, details }) => kind === "stage" && details.to === stage);
  const what =
    last === undefined
      ? french`Ce producteur est à l'étape « ${publisherStageLabels[stage]} ».`
      : french`${last.by} a changé l'étape entre-temps, le ${formatDateTime(last.at)}. ${exchangeSentence("stage", last.details) ?? ""}`;
  return french`${what} Votre choix n'est pas enregistré : il reste dans le formulaire ; changez l'étape à nouveau pour le garder.`;
}

const titles: Readonly<Record<PublisherDoubt, string>> = {
  stopped: "Des aides de ce producteur restent en ligne",
  withdrawn: "L’accord est retiré, et des aides restent en ligne",
  empty: french`« En ligne », sans aide publiée`,
};

/** Warns about a contradiction between the stage and the published aids, and says what to do. */
export async function PublisherVerify({ visit: { catalogue }, publisher, connectors, isPartner }: PublisherView): Promise<Child> {
  const doubt = await readDoubt(catalogue, publisher);
  if (doubt === null) return null;
  if (doubt === "empty")
    return (
      <Alert kind="warning" title={titles.empty} level={2}>
        <p>
          {french`Aucune de ses aides n'est publiée en ce moment. Publiez-en, ou revenez à une étape d'avant si cela doit durer. Les aides elles-mêmes n'en changent pas.`}
        </p>
      </Alert>
    );
  const bases = await catalogue.reuseBases.inForce();
  const out = await catalogue.publisherListing.liveLicences(connectors.map(({ row }) => row.id));
  return (
    <Alert kind="warning" title={titles[doubt]} level={2}>
      <p>{goesOut(out, bases)}</p>
      <p>{french`Changer l'étape ou l'accord ne retire rien de ce qui est en ligne, et n'arrête aucune collecte. Ce qu'il y a à faire :`}</p>
      <ul>
        {connectors
          .filter(({ row }) => out.some(({ connector }) => connector === row.id))
          .map(({ row, live }) => (
            <li>
              {row.name} : <a href={`/aides?connecteur=${row.id}&situation=live`}>{french`voir ${counted(live, "aide")} en ligne`}</a>
              {french`, pour les dépublier`}
              {isPartner && (row.state === "active" || row.state === "halted") && (
                <>
                  {" ; "}
                  <a href={`/connecteurs/${row.id}/definition/collecte?etat=paused#champ-etat`}>
                    mettre sa collecte en pause<span class="fr-sr-only">{` (${row.name})`}</span>
                  </a>
                </>
              )}
            </li>
          ))}
      </ul>
    </Alert>
  );
}

/**
 * Returns sentences: how many aids are still published, and how many are in the open data, which depends on each aid's licence and on
 * the connector's legal basis in force.
 */
function goesOut(out: readonly LiveLicence[], bases: ReadonlyMap<string, ConfirmedBasis>): string {
  const isOpen = ({ connector, licence }: LiveLicence) =>
    isOpenAid(licence as Slug<"importShareLicence">, bases.get(connector)?.basis ?? null);
  const sum = (some: readonly LiveLicence[]) => some.reduce((total, { aids }) => total + aids, 0);
  const [open, closed] = [sum(out.filter(isOpen)), sum(out.filter((one) => !isOpen(one)))];
  const opened = french`${counted(open, "aide")} sous licence ouverte ou sur une base confirmée ${isPlural(open) ? "sortent" : "sort"} encore sur le site, dans l'API et dans les fichiers de données ouvertes : c'est la licence de chaque aide, ou la base de son connecteur, qui en décide.`;
  const kept = french`${counted(closed, "aide")} sans licence ouverte ni base confirmée ${isPlural(closed) ? "sont" : "est"} encore sur le site, et dans aucun fichier de données ouvertes.`;
  return [open > 0 ? opened : "", closed > 0 ? kept : ""].filter((text) => text !== "").join(" ");
}

import type { Child } from "hono/jsx";
import type { PublishedByRun } from "../../../catalogue/plans/published-by-runs.ts";
import { frenchDayOf } from "../../../french/dates.ts";
import { counted, french } from "../../../french/typography.ts";
import { weeklySample } from "../../../model/plan/weekly-sample.ts";
import { findAid } from "../../curation/act-on-aid.ts";
import { ConnectorName } from "../../lists/connector-column.tsx";
import { AidTitle } from "../../parts/aid-text.tsx";
import { ActButton } from "../../parts/form-controls.tsx";
import { actRoute, CannotDo, pageRoute } from "../../route.ts";
import { mayCurate, param, type Visit, visitorOf } from "../../visit.ts";
import { subjectOf } from "../aids/perform-aid-act.ts";

const path = "/publications";

/** An aid to check. `publishedAt`: ISO instant, if a run has published it. */
type SampledAid = Omit<PublishedByRun, "runId" | "publishedAt"> & { readonly publishedAt?: string };

/** The weekly sample of aids that runs have published by themselves, and of those that answers have filled. */
const samplePage = pageRoute(path, "read", async (visit) => {
  const { catalogue, now } = visit;
  const { since, seed, size } = weeklySample(now);
  const { count, sample } = await catalogue.publishedByRuns.sample(since, seed, size);
  const answered = await catalogue.publishedByRuns.answeredSample(since, seed, size);
  return {
    title: "À vérifier cette semaine",
    breadcrumb: [{ title: "Relecture", href: "/relecture" }],
    menuPath: "/relecture",
    content: (
      <>
        <h1>À vérifier cette semaine</h1>
        <h2>Publiées sans relecture</h2>
        <p>
          {count === 0
            ? french`Depuis sept jours, aucune collecte n'a publié d'aide sans relecture.`
            : french`Depuis sept jours, les collectes ont publié ${counted(count, "aide complète", "aides complètes")} sans relecture, comme une personne l'a décidé pour leur source.`}
        </p>
        {count > 0 && (
          <p>{french`Vérifiez ${counted(sample.length, "aide tirée au hasard", "aides tirées au hasard")}. Si l'une est fausse, dépubliez-la depuis sa page, et revoyez la décision de sa source.`}</p>
        )}
        <Sample visit={visit} sample={sample} />
        <h2>Remplies par une réponse</h2>
        <p>
          {answered.count === 0
            ? french`Depuis sept jours, aucune réponse à une question n'a rempli d'aide.`
            : french`Depuis sept jours, ${counted(answered.count, "aide a changé et montre", "aides ont changé et montrent")} une réponse donnée pour toute leur source. Vérifiez ${counted(answered.sample.length, "aide tirée au hasard", "aides tirées au hasard")} : si la réponse est fausse pour elle, corrigez-la sur sa page ; si elle l'est pour plusieurs, mettez fin à la réponse.`}
        </p>
        <Sample visit={visit} sample={answered.sample} />
      </>
    ),
  };
});

function Sample({ visit, sample }: { readonly visit: Visit; readonly sample: readonly SampledAid[] }): Child {
  return (
    <ul class="moisson-list">
      {sample.map(({ aidId, connector, title, publishedAt, seenBy, seenAt }) => (
        <li class="fr-mb-2w">
          <a href={`/aides/${aidId}`}>
            <AidTitle visit={visit} connector={connector} title={title} />
          </a>
          <p class="moisson-mention fr-mb-1v">
            {publishedAt !== undefined && french`publiée le ${frenchDayOf(publishedAt)} – `}
            <a href={`/connecteurs/${connector}/suggestions#publication`}>
              <ConnectorName visit={visit} connector={connector} />
            </a>
            {seenBy !== null && seenAt !== null && french` – vue par ${seenBy} le ${frenchDayOf(seenAt)}`}
          </p>
          {seenBy === null && mayCurate(visit) && (
            <ActButton
              action={`${path}/${aidId}/vu`}
              csrf={visit.csrf}
              label="Vu, elle est juste"
              about={<AidTitle visit={visit} connector={connector} title={title} />}
            />
          )}
        </li>
      ))}
    </ul>
  );
}

/** Records that a person has checked an aid of the sample. */
const seenAct = actRoute(`${path}/:aide/vu`, { who: "bizdev", act: "publishing.seen" }, async (visit) => {
  const aid = await findAid(visit, param(visit, "aide"));
  const isNew = await visit.catalogue.publishedByRuns.markSeen(aid.aidId, { by: visitorOf(visit).name, now: visit.now });
  if (!isNew) throw new CannotDo("Quelqu’un a déjà vérifié cette aide.", 409);
  return { message: "C’est noté.", to: path, subject: subjectOf(aid), details: {} };
});

/** Routes of the weekly sample. */
export const publishedByRunsRoutes = [samplePage, seenAct];

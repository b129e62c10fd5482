import { frenchDayOf } from "../../../french/dates.ts";
import { counted, french } from "../../../french/typography.ts";
import { weeklySample } from "../../../model/plan/weekly-sample.ts";
import { findAid } from "../../curation/act-on-aid.ts";
import { ConnectorName } from "../../lists/connector-column.tsx";
import { AidTitle } from "../../parts/aid-text.tsx";
import { ActButton } from "../../parts/form-controls.tsx";
import { actRoute, CannotDo, pageRoute } from "../../route.ts";
import { mayCurate, param, visitorOf } from "../../visit.ts";
import { subjectOf } from "../aids/perform-aid-act.ts";

const path = "/publications";

/** The weekly sample of aids that runs have published by themselves. */
const samplePage = pageRoute(path, "read", async (visit) => {
  const { catalogue, now } = visit;
  const { since, seed, size } = weeklySample(now);
  const { count, sample } = await catalogue.publishedByRuns.sample(since, seed, size);
  return {
    title: "Publiées sans relecture",
    breadcrumb: [{ title: "Relecture", href: "/relecture" }],
    menuPath: "/relecture",
    content: (
      <>
        <h1>Publiées sans relecture</h1>
        <p>
          {count === 0
            ? french`Depuis sept jours, aucune collecte n'a publié d'aide sans relecture.`
            : french`Depuis sept jours, les collectes ont publié ${counted(count, "aide complète", "aides complètes")} sans relecture, comme une personne l'a décidé pour leur source.`}
        </p>
        {count > 0 && (
          <p>{french`Vérifiez ${counted(sample.length, "aide tirée au hasard", "aides tirées au hasard")}. Si l'une est fausse, dépubliez-la depuis sa page, et revoyez la décision de sa source.`}</p>
        )}
        <ul class="moisson-list">
          {sample.map(({ aidId, connector, title, publishedAt, seenBy, seenAt }) => (
            <li class="fr-mb-2w">
              <a href={`/aides/${aidId}`}>
                <AidTitle visit={visit} connector={connector} title={title} />
              </a>
              <p class="moisson-mention fr-mb-1v">
                {french`publiée le ${frenchDayOf(publishedAt)} – `}
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
      </>
    ),
  };
});

/** Records that a person has checked an aid of the sample. */
const seenAct = actRoute(`${path}/:aide/vu`, { who: "bizdev", act: "publishing.seen" }, async (visit) => {
  const aid = await findAid(visit, param(visit, "aide"));
  const isNew = await visit.catalogue.publishedByRuns.markSeen(aid.aidId, { by: visitorOf(visit).name, now: visit.now });
  if (!isNew) throw new CannotDo("Quelqu’un a déjà vérifié cette aide.", 409);
  return { message: "C’est noté.", to: path, subject: subjectOf(aid), details: {} };
});

/** Routes of the weekly sample. */
export const publishedByRunsRoutes = [samplePage, seenAct];

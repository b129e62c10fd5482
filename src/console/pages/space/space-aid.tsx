import type { Child } from "hono/jsx";
import type { CuratedAid } from "../../../catalogue/aids/aid-repository.ts";
import type { OwnPlan } from "../../../catalogue/plans/publisher-plan-repository.ts";
import { standingOf } from "../../../catalogue/search/search-row.ts";
import { french } from "../../../french/typography.ts";
import { shownContent } from "../../../model/aid/shown-value.ts";
import { titleWithoutPeople } from "../../../privacy/text-without-people.ts";
import { likelyDuplicatesOf } from "../../curation/likely-duplicates-of.ts";
import { AidText, Quoting } from "../../parts/aid-text.tsx";
import { Problems } from "../../parts/alert.tsx";
import { Badge } from "../../parts/badge.tsx";
import { ActForm, SubmitButton, TextArea, TextField } from "../../parts/form-controls.tsx";
import { ButtonLink } from "../../parts/link.tsx";
import { PreviewFiche } from "../../parts/preview-fiche.tsx";
import { formatDateTime } from "../../parts/time.ts";
import type { Page } from "../../route.ts";
import type { Visit } from "../../visit.ts";
import type { ActingPublisher } from "./acting-publisher.ts";
import { type ClosingAgain, maxNoteLength } from "./close-aid.ts";
import { confirmedUntil } from "./publisher-acts.ts";
import { shownToPublisher } from "./shown-aid.ts";
import { spacePage } from "./space-frame.tsx";
import { actState, actWords, standingWords } from "./space-words.ts";

const plansShown = 10;

/** An aid as local authorities see it, with the acts of its publisher. `again`: the form of a closing with mistakes. */
export async function aidPage(visit: Visit, acting: ActingPublisher, stored: CuratedAid, again: ClosingAgain | null = null): Promise<Page> {
  const shown = await shownToPublisher(visit.catalogue, stored);
  const [tone, label] = standingWords[standingOf(stored, shownContent(stored))];
  const path = `${acting.base}/aides/${stored.aidId}`;
  const plans = await visit.catalogue.publisherPlans.list(acting.publisherId, plansShown, stored.aidId);
  return spacePage(visit, acting, {
    title: shown.content.name,
    status: again === null ? 200 : 422,
    at: "/aides",
    content: (
      <>
        <p class="fr-mb-1w">
          <a href={`${acting.base}/aides`}>Toutes mes aides</a>
        </p>
        <h1 class="fr-mb-1w">
          <AidText text={shown.content.name} language={shown.content.language} />
        </h1>
        <p>
          <Badge tone={tone} label={label} />
        </p>
        {again !== null && <Problems problems={again.problems} />}
        <div class="moisson-acts fr-mb-3w">
          {isToConfirm(visit, stored, plans) && (
            <ActForm action={`${path}/confirmer`} csrf={visit.csrf} class="moisson-inline">
              <SubmitButton label="Tout est à jour : confirmer" />
            </ActForm>
          )}
          <ButtonLink kind="secondary" href={`${path}/corriger`} label="Corriger cette fiche" />
        </div>
        <Closing visit={visit} path={path} again={again} />
        <OwnActs plans={plans} />
        <Elsewhere visit={visit} aid={stored} />
        <h2>La fiche, telle qu’elle est montrée</h2>
        {shown.cleaned.size > 0 && (
          <p class="moisson-mention">
            {french`Les noms, adresses et numéros de personnes ne sont pas montrés ici : nous ne publions que ceux des services.`}
          </p>
        )}
        <PreviewFiche aid={shown} />
      </>
    ),
  });
}

/** Tells whether an aid is online and was not confirmed today. */
function isToConfirm(visit: Visit, { status, withdrawnAt, watch }: CuratedAid, plans: readonly OwnPlan[]): boolean {
  if (status !== "published" || withdrawnAt !== null) return false;
  if (watch?.state === "confirmed" && watch.until >= confirmedUntil(visit)) return false;
  return !plans.some(({ isQueued, asked }) => isQueued && asked.act === "confirm");
}

/** What the publisher has already done about this aid. */
function OwnActs({ plans }: { readonly plans: readonly OwnPlan[] }): Child {
  if (plans.length === 0) return null;
  return (
    <section>
      <h2>Ce que vous nous avez dit</h2>
      <ul>
        {plans.map((plan) => {
          const [tone, label] = actState(plan);
          return (
            <li>
              {french`${actWords({ ...plan.asked, title: undefined })}, le ${formatDateTime(new Date(plan.at))} `}
              <Badge tone={tone} label={label} />
            </li>
          );
        })}
      </ul>
    </section>
  );
}

function Closing(given: { readonly visit: Visit; readonly path: string; readonly again: ClosingAgain | null }): Child {
  const { visit, path, again } = given;
  return (
    <details class="fr-mb-3w" open={again !== null}>
      <summary>Annoncer la clôture de cette aide</summary>
      <ActForm action={`${path}/cloture`} csrf={visit.csrf} class="moisson-narrow fr-mt-2w">
        <p>{french`Nous relisons votre annonce avant qu'elle change la fiche.`}</p>
        <TextField
          name="jour"
          label="Dernier jour pour candidater"
          hint="Aujourd’hui, ou un jour à venir."
          type="date"
          value={again?.typed.day ?? ""}
          problem={again?.problems.jour}
          required
        />
        <TextArea
          name="remarque"
          label="Remarque"
          hint={french`${maxNoteLength} caractères au plus, sans nom de personne.`}
          rows={2}
          maxlength={maxNoteLength}
          value={again?.typed.note ?? ""}
          problem={again?.problems.remarque}
          required={false}
        />
        <SubmitButton label="Annoncer la clôture" isSecondary />
      </ActForm>
    </details>
  );
}

/** Published aids of others that are probably the same: title and publisher, nothing else. */
async function Elsewhere({ visit, aid }: { readonly visit: Visit; readonly aid: CuratedAid }): Promise<Child> {
  const found = (await likelyDuplicatesOf(visit.catalogue, aid)).filter(
    ({ aid: { status, withdrawnAt } }) => status === "published" && withdrawnAt === null,
  );
  if (found.length === 0) return null;
  const { personAnswers, publisherAccounts } = visit.catalogue;
  const services = await personAnswers.services();
  const names = await publisherAccounts.publisherNames(found.map(({ aid: { connector } }) => connector));
  return (
    <section>
      <h2>La même aide, chez d’autres ?</h2>
      <ul>
        {found.map(({ aid: { name, language, connector } }) => (
          <li>
            <Quoting
              text={french`« ${titleWithoutPeople(name, services)} », par ${names.get(connector) ?? "un autre producteur"}`}
              language={language}
            />
          </li>
        ))}
      </ul>
    </section>
  );
}

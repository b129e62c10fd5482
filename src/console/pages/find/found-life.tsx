import type { Child } from "hono/jsx";
import { placeMessage } from "../../../french/places.ts";
import { standingMessage, troubleMessage } from "../../../french/trace.ts";
import { capital, french, sentence } from "../../../french/typography.ts";
import { shownContent } from "../../../model/aid/shown-value.ts";
import { parisDay } from "../../../model/text/paris-day.ts";
import { lifeOfAid } from "../../../model/trace/life-of-aid.ts";
import { receptionIn } from "../../../model/trace/reception.ts";
import { type Standing, standingOf } from "../../../model/trace/standing.ts";
import type { TraceFacts, TraceHit } from "../../../model/trace/trace.ts";
import { formatDateTime } from "../../parts/time.ts";
import type { Visit } from "../../visit.ts";
import { AidLife } from "../aids/aid-life.tsx";
import { nameOfHit, placeOfHit } from "./hits-in-french.ts";

const eventsShown = 30;

/** What became of the one aid, or record, that was found. */
export async function FoundLife({ visit, hit }: { readonly visit: Visit; readonly hit: TraceHit }): Promise<Child> {
  const facts = await visit.catalogue.trace.facts(hit);
  const { standing, troubles } = standingOf(facts, parisDay(visit.now));
  const life = lifeOfAid(facts).reverse();
  const title = facts.aid === null ? hit.title : shownContent(facts.aid).name;
  return (
    <>
      <h2 class="fr-h3 fr-mb-1v">{title ?? nameOfHit(hit)}</h2>
      <p class="moisson-mention">{nameOfHit(hit)}</p>
      <p class="fr-text--lead fr-mb-2w">{sentence(standingMessage(standing))}</p>
      {troubles.length > 0 && (
        <ul>
          {troubles.map((trouble) => (
            <li>{sentence(troubleMessage(trouble))}</li>
          ))}
        </ul>
      )}
      <Ways facts={facts} standing={standing} />
      <LastReception facts={facts} />
      {life.length > 0 && (
        <>
          <h3 class="fr-h4">Son histoire</h3>
          <AidLife life={life.slice(0, eventsShown)} more={null} />
        </>
      )}
    </>
  );
}

/** Where to go on from here. */
function Ways({ facts: { hit, aid }, standing }: { readonly facts: TraceFacts; readonly standing: Standing }): Child {
  const links: { readonly href: string; readonly label: string }[] = [];
  if (aid !== null && hit.aidId !== null) links.push({ href: `/aides/${hit.aidId}`, label: "Voir l’aide" });
  if (aid?.mergedInto != null) links.push({ href: `/aides/${aid.mergedInto}`, label: "Voir l’aide qui reste" });
  if (standing.code === "plan-open" || standing.code === "plan-closed")
    links.push({ href: `/plans/${standing.plan.planId}`, label: "Voir le plan" });
  if (standing.code === "record-rejected") {
    const { run, locator } = standing;
    links.push({ href: `/collectes/${run.runId}/enregistrement?ou=${encodeURIComponent(locator)}`, label: "Voir l’enregistrement reçu" });
    links.push({ href: `/collectes/${run.runId}`, label: "Voir la collecte" });
  }
  if (standing.code === "ours") links.push({ href: `/ou-est-mon-aide?q=${encodeURIComponent(standing.of)}`, label: "Voir notre aide" });
  links.push({ href: `/connecteurs/${hit.connector}`, label: `Voir le connecteur ${hit.connector}` });
  return (
    <ul class="fr-btns-group fr-btns-group--inline fr-btns-group--sm">
      {links.map(({ href, label }, place) => (
        <li>
          <a class={`fr-btn${place === 0 ? "" : " fr-btn--secondary"}`} href={href}>
            {label}
          </a>
        </li>
      ))}
    </ul>
  );
}

function LastReception({ facts }: { readonly facts: TraceFacts }): Child {
  const run = facts.runs.findLast((candidate) => ["received", "rejected"].includes(receptionIn(candidate, facts)));
  if (run === undefined) return <p>{sentence(placeOfHit(facts.hit))}</p>;
  const locator = [...facts.rejections, ...facts.planned].find((each) => each.runId === run.runId && each.locator !== null)?.locator;
  return (
    <p>
      {capital("reçue pour la dernière fois par la ")}
      <a href={`/collectes/${run.runId}`}>{french`collecte du ${formatDateTime(new Date(run.startedAt))}`}</a>
      {locator != null && ` (${placeMessage(locator)})`}.
    </p>
  );
}

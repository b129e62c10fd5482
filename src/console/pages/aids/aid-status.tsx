import type { Child } from "hono/jsx";
import type { SearchStanding } from "../../../catalogue/search/search-row.ts";
import { contradictionMessage } from "../../../french/contradictions.ts";
import { fieldName } from "../../../french/fields.ts";
import { linkMessage } from "../../../french/monitoring.ts";
import { warningMessage } from "../../../french/publication.ts";
import { standingMessage, troubleMessage } from "../../../french/trace.ts";
import { french, sentence } from "../../../french/typography.ts";
import type { AidField } from "../../../model/aid/aid.ts";
import type { PublicationWarning } from "../../../model/aid/publication-warnings.ts";
import type { Standing } from "../../../model/trace/standing.ts";
import { nameOfConnector } from "../../../registry/connector-names.ts";
import { StandingBadge } from "../../parts/badge.tsx";
import type { Visit } from "../../visit.ts";
import type { AidView } from "./read-aid-view.ts";

/** Renders why the aid is or is not online, with warnings. */
export async function AidStatus({ visit, view }: { readonly visit: Visit; readonly view: AidView }): Promise<Child> {
  const connectors = await visit.console.jobs.connectors();
  const named = <Of extends { readonly connector: string }>(of: Of): Of => ({
    ...of,
    connector: nameOfConnector(connectors, of.connector),
  });
  const { aid, standing, troubles, outOfScope, links, missing, warnings } = view;
  const brokenLinks = links.filter(({ state }) => state !== "alive" && state !== "unchecked");
  const notes: Child[] = [
    ...(outOfScope === null ? [] : [sentence(french`hors champ, donc pas à relire : ${outOfScope}`)]),
    ...troubles.map((trouble) => (
      <>
        {sentence(troubleMessage(trouble))}
        {trouble.code === "plan-open" && (
          <>
            {" "}
            <a href={`/plans/${trouble.planId}`}>Voir ce plan</a>
          </>
        )}
      </>
    )),
    ...(aid.status === "merged" || aid.status === "deleted" ? [] : warnings.filter(isToSay).map((code) => sentence(warningMessage(code)))),
    ...brokenLinks.map((link) => sentence(french`${fieldName(link.field)} : ${linkMessage(link)}`)),
    ...(aid.contradictions ?? []).map((found) => contradictionMessage({ ...found, one: named(found.one), other: named(found.other) })),
    ...(aid.watch?.state === "confirmed" ? [confirmed(aid.watch)] : []),
    ...(aid.status === "draft" && missing.length > 0
      ? [french`Il manque pour la publier : ${missing.map((field) => fieldName(field as AidField)).join(", ")}.`]
      : []),
  ];
  return (
    <>
      <p>
        <StandingBadge standing={searchStandingOf(standing, outOfScope)} /> {sentence(standingMessage(standing))}
        {aid.mergedInto !== null && (
          <>
            {" "}
            <a href={`/aides/${aid.mergedInto}`}>Voir l’aide qui reste</a>
          </>
        )}
      </p>
      {notes.length > 0 && (
        <ul>
          {notes.map((each) => (
            <li>{each}</li>
          ))}
        </ul>
      )}
    </>
  );
}

/** The page says the other warnings in full elsewhere. */
function isToSay(code: PublicationWarning): boolean {
  return code === "no-searchable-territory" || code === "unconfirmed-suggestion";
}

function confirmed({ by, until, reason }: NonNullable<AidView["aid"]["watch"]>): string {
  return french`Confirmée par ${by} jusqu'au ${until.split("-").reverse().join("/")}${reason === null ? "" : french` : ${reason}`}.`;
}

const standings: Readonly<Partial<Record<Standing["code"], SearchStanding>>> = {
  published: "live",
  unpublished: "draft",
  rejected: "deleted",
  merged: "merged",
  withdrawn: "withdrawn",
  suspended: "withdrawn",
  "left-feed": "withdrawn",
};

function searchStandingOf({ code }: Standing, outOfScope: string | null): SearchStanding {
  return standings[code] ?? (outOfScope === null ? "review" : "out-of-scope");
}

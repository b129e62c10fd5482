import type { Child } from "hono/jsx";
import type { CuratedAid } from "../../../catalogue/aids/aid-repository.ts";
import type { SearchStanding } from "../../../catalogue/search/search-row.ts";
import { contradictionMessage } from "../../../french/contradictions.ts";
import { frenchDay } from "../../../french/dates.ts";
import { fieldName, fieldNameOrKey } from "../../../french/fields.ts";
import { issueMessage } from "../../../french/issues.ts";
import { leftOutMessage, outletNames } from "../../../french/left-out.ts";
import { linkMessage } from "../../../french/monitoring.ts";
import { warningMessages } from "../../../french/publication.ts";
import { standingMessage, troubleMessage } from "../../../french/trace.ts";
import { counted, french, sentence, truncate } from "../../../french/typography.ts";
import type { AidField } from "../../../model/aid/field-table.ts";
import { isPermanentStated, openUntilOf } from "../../../model/aid/open-until.ts";
import { type Outlet, outlets } from "../../../model/aid/outlet.ts";
import type { PublicationWarning } from "../../../model/aid/publication-warnings.ts";
import { missingAt } from "../../../model/aid/publishable.ts";
import { shownContent, shownValue } from "../../../model/aid/shown-value.ts";
import type { Standing } from "../../../model/trace/standing.ts";
import type { OutletLack } from "../../../publish/exports/outlet-lacks.ts";
import { nameOfConnector } from "../../../registry/connector-names.ts";
import { ConnectorLink } from "../../lists/connector-column.tsx";
import { StandingBadge } from "../../parts/badge.tsx";
import { Facts } from "../../parts/facts.tsx";
import { OutwardLink } from "../../parts/field-value.tsx";
import { List } from "../../parts/list.tsx";
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
  const content = shownContent(aid);
  const blocking = missingAt("publishable", missing);
  const further = missing.filter((field) => !blocking.includes(field));
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
    ...(aid.status === "merged" || aid.status === "deleted" ? [] : warnings.filter(isToSay).map((code) => sentence(warningMessages[code]))),
    ...brokenLinks.map((link) => sentence(french`${fieldName(link.field)} : ${linkMessage(link)}`)),
    ...(aid.contradictions ?? []).map((found) => contradictionMessage({ ...found, one: named(found.one), other: named(found.other) })),
    ...(aid.watch?.state === "confirmed" ? [confirmed(aid.watch)] : []),
    ...(aid.status === "draft" && blocking.length > 0
      ? [french`Il manque pour la publier : ${blocking.map((field) => gapMessage(aid, field)).join(", ")}.`]
      : []),
    ...(further.length > 0
      ? [french`Pour qu'elle soit entièrement décrite, il manque : ${further.map((field) => gapMessage(aid, field)).join(", ")}.`]
      : []),
    ...(openUntilOf(content, isPermanentStated(aid)) === "unannounced"
      ? [french`« Permanente » est une supposition : le producteur n'annonce aucune date limite. Les lecteurs le voient.`]
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
      <List items={notes} />
    </>
  );
}

/** Names a missing field, with its cause if what is stored tells it. */
export function gapMessage({ memo, proposals }: CuratedAid, field: AidField): string {
  const words = memo.unmapped.flatMap(([vocabulary, word]) => (vocabulary === field ? [french`« ${truncate(word, 60)} »`] : []));
  const causes = [
    ...(words.length > 0 ? [french`${words.length === 1 ? "mot" : "mots"} à traduire : ${words.slice(0, 3).join(", ")}`] : []),
    ...(proposals[field] === undefined ? [] : ["un changement du producteur attend une réponse"]),
    ...(words.length === 0 && memo.issues.some((issue) => issue.field === field) ? ["sa valeur n’a pas pu être lue"] : []),
  ];
  return causes.length === 0 ? fieldName(field) : `${fieldName(field)} (${causes.join(french` ; `)})`;
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

/** Renders the publisher of the aid and the links to its pages. */
export function AidFacts({ visit, view: { aid, definition, lacks } }: { readonly visit: Visit; readonly view: AidView }): Child {
  const page = shownValue(aid, "originUrl");
  const deadline = shownValue(aid, "submissionDeadline");
  const isWeb = (link: unknown): link is string => typeof link === "string" && /^https?:\/\//i.test(link);
  const facts = [
    { name: "Producteur", value: definition === null ? "Son connecteur n’existe plus" : definition.publisher.name },
    { name: "Connecteur", value: <ConnectorLink visit={visit} connector={aid.connector} /> },
    {
      name: "Identifiant chez le producteur",
      value: (
        <>
          {aid.externalId} (<a href={`/aides/${aid.aidId}/enregistrement`}>voir l’enregistrement reçu</a>)
        </>
      ),
    },
    typeof deadline === "string" && { name: "Date de clôture", value: frenchDay(deadline) },
    {
      name: "Complète pour",
      value: <List class="moisson-members" items={outlets.map((outlet) => outletMessage(outlet, lacks[outlet]))} />,
    },
    isWeb(page) && { name: "Page du producteur", value: <OutwardLink href={page} /> },
    isWeb(aid.siteUrl) && { name: "Page sur le site", value: <OutwardLink href={aid.siteUrl} /> },
  ];
  return <Facts facts={facts.filter((fact) => fact !== false)} />;
}

/** Shows, for each place where the aid can appear, whether it has all required fields, and lists the missing ones. */
function outletMessage(outlet: Outlet, lack: OutletLack | null): string {
  if (lack === null) return french`${outletNames[outlet]} : oui`;
  const { fields, reason } = lack;
  const why = reason === null ? french`il manque ${fields.map(fieldName).join(", ")}` : uncapitalized(leftOutMessage(reason));
  return french`${outletNames[outlet]} : non, ${why}`;
}

/** Renders the issues of the record that the aid was last read from. */
export function AidIssues({ aid: { memo } }: { readonly aid: CuratedAid }): Child {
  if (memo.issues.length === 0) return null;
  return (
    <details class="fr-mb-4w">
      <summary>
        {counted(memo.issues.length, "anomalie rencontrée dans son enregistrement", "anomalies rencontrées dans son enregistrement")}
      </summary>
      <ul class="fr-mt-1w">
        {memo.issues.map(({ code, field, value, params }) => (
          <li>
            {sentence(field === null ? issueMessage(code, params) : french`${fieldNameOrKey(field)} : ${issueMessage(code, params)}`)}
            {value !== null && <span class="moisson-mention">{french` Reçu : « ${String(value).slice(0, 200)} ».`}</span>}
          </li>
        ))}
      </ul>
    </details>
  );
}

function uncapitalized(text: string): string {
  return `${text.charAt(0).toLocaleLowerCase("fr")}${text.slice(1)}`;
}

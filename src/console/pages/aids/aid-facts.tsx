import type { Child } from "hono/jsx";
import type { CuratedAid } from "../../../catalogue/aids/aid-repository.ts";
import { frenchDay } from "../../../french/dates.ts";
import { fieldName, fieldNameOrKey } from "../../../french/fields.ts";
import { issueMessage } from "../../../french/issues.ts";
import { leftOutMessage, outletName } from "../../../french/left-out.ts";
import { counted, french, sentence } from "../../../french/typography.ts";
import { type Outlet, outlets } from "../../../model/aid/outlet.ts";
import { shownValue } from "../../../model/aid/shown-value.ts";
import type { OutletLack } from "../../../publish/exports/outlet-lacks.ts";
import { ConnectorLink } from "../../lists/connector-column.tsx";
import { OutwardLink } from "../../parts/field-value.tsx";
import type { Visit } from "../../visit.ts";
import type { AidView } from "./read-aid-view.ts";

/** Renders the publisher of the aid and the links to its pages. */
export function AidFacts({ visit, view: { aid, definition, lacks } }: { readonly visit: Visit; readonly view: AidView }): Child {
  const page = shownValue(aid, "originUrl");
  const deadline = shownValue(aid, "submissionDeadline");
  return (
    <dl class="moisson-facts">
      <dt>Producteur</dt>
      <dd>{definition === null ? "Son connecteur n’existe plus" : definition.publisher.name}</dd>
      <dt>Connecteur</dt>
      <dd>
        <ConnectorLink visit={visit} connector={aid.connector} />
      </dd>
      <dt>Identifiant chez le producteur</dt>
      <dd>
        {aid.externalId} (<a href={`/aides/${aid.aidId}/enregistrement`}>voir l’enregistrement reçu</a>)
      </dd>
      {typeof deadline === "string" && (
        <>
          <dt>Date de clôture</dt>
          <dd>{frenchDay(deadline)}</dd>
        </>
      )}
      <dt>Complète pour</dt>
      <dd>
        <ul class="moisson-members">
          {outlets.map((outlet) => (
            <li>{outletMessage(outlet, lacks[outlet])}</li>
          ))}
        </ul>
      </dd>
      {typeof page === "string" && /^https?:\/\//i.test(page) && (
        <>
          <dt>Page du producteur</dt>
          <dd>
            <OutwardLink href={page} />
          </dd>
        </>
      )}
      {aid.siteUrl !== null && /^https?:\/\//i.test(aid.siteUrl) && (
        <>
          <dt>Page sur le site</dt>
          <dd>
            <OutwardLink href={aid.siteUrl} />
          </dd>
        </>
      )}
    </dl>
  );
}

/** Shows, for each place where the aid can appear, whether it has all required fields, and lists the missing ones. */
function outletMessage(outlet: Outlet, lack: OutletLack | null): string {
  if (lack === null) return french`${outletName(outlet)} : oui`;
  const { fields, reason } = lack;
  const why = reason === null ? french`il manque ${fields.map(fieldName).join(", ")}` : uncapitalized(leftOutMessage(reason));
  return french`${outletName(outlet)} : non, ${why}`;
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

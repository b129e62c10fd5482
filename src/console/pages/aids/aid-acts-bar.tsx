import type { Child } from "hono/jsx";
import { fieldName } from "../../../french/fields.ts";
import { french } from "../../../french/typography.ts";
import type { AidField } from "../../../model/aid/aid.ts";
import { ActButton } from "../../parts/form.tsx";
import type { Visit } from "../../visit.ts";
import { standingActs } from "./aid-acts.ts";
import type { AidView } from "./read-aid-view.ts";

/** What a curator can do to the aid now. */
export function AidActsBar({ visit, view }: { readonly visit: Visit; readonly view: AidView }): Child {
  const { aid, missing, title } = view;
  const isGone = aid.status === "deleted" || aid.status === "merged";
  const lacks = missing.length > 0 && (aid.status === "reviewable" || aid.status === "draft");
  const acts = standingActs.filter((act) => act.fits(aid) && (act.kind !== "publish" || !lacks));
  return (
    <section aria-label="Ce que l’on peut faire" class="fr-mb-4w moisson-no-print">
      <div class="moisson-acts">
        {!isGone && (
          <a class="fr-btn fr-btn--sm fr-btn--icon-left fr-icon-edit-line" href={`/aides/${aid.aidId}/corriger`} data-key="e">
            Corriger
          </a>
        )}
        {acts.map(({ slug, label, isPlain }) =>
          isPlain ? (
            <ActButton
              action={`/aides/${aid.aidId}/${slug}`}
              csrf={visit.csrf}
              label={label}
              about={title}
              fields={{ revision: String(aid.revision) }}
            />
          ) : (
            <a class="fr-btn fr-btn--secondary fr-btn--sm" href={`/aides/${aid.aidId}/${slug}`}>
              {label}…
            </a>
          ),
        )}
        {!isGone && (
          <a class="fr-btn fr-btn--secondary fr-btn--sm" href={`/aides/${aid.aidId}/fusionner`}>
            Fusionner…
          </a>
        )}
      </div>
      {lacks && (
        <p class="moisson-mention fr-mt-2w fr-mb-0">
          {french`Elle pourra être publiée quand ceci sera rempli ou corrigé : `}
          {missing.map((field, place) => (
            <>
              {place > 0 && ", "}
              <a href={`/aides/${aid.aidId}/corriger#champ-aide-${field}`}>{fieldName(field as AidField)}</a>
            </>
          ))}
          .
        </p>
      )}
    </section>
  );
}

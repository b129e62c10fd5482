import type { Child } from "hono/jsx";
import type { SourceGap } from "../../../catalogue/aids/review-queue-repository.ts";
import { decideSharedValues } from "../../../curation/decide-suggestion.ts";
import { suggestionsOf } from "../../../curation/waiting-suggestions.ts";
import { fieldName } from "../../../french/fields.ts";
import { evidenceMessage } from "../../../french/suggestions.ts";
import { capitalize, counted, french, joinedWithAnd } from "../../../french/typography.ts";
import type { AidField } from "../../../model/aid/aid.ts";
import { canonicalValue } from "../../../model/aid/canonical-value.ts";
import type { PerField } from "../../../model/plan/plan.ts";
import { slugsOf, vocabularies } from "../../../model/vocabularies.ts";
import { connectorNames } from "../../../registry/connector-names.ts";
import type { ProposedDefault } from "../../../suggest/propose-defaults.ts";
import { actOnAids } from "../../curation/act-on-aid.ts";
import { neighbourhood } from "../../curation/suggestions-of-aid.ts";
import { Checkbox } from "../../parts/checkbox.tsx";
import { FieldValue } from "../../parts/field-value.tsx";
import { ActForm, Checkboxes } from "../../parts/form-controls.tsx";
import { List } from "../../parts/list.tsx";
import { SubmitOrLeave } from "../../parts/submit-or-leave.tsx";
import { actRoute, CannotDo, type Form, pageRoute } from "../../route.ts";
import { mayCurate, type Visit } from "../../visit.ts";
import { connectorRowOf } from "../connectors/connector-rows.ts";
import { firstAids, readDefaults } from "../suggestions/read-suggestions.ts";
import { chosenFields } from "../suggestions/suggestions-page.tsx";
import { reviewFilterOf } from "./queue-address.ts";

const path = "/relecture/champs/:connecteur";
/** Fields that a person may fill for all new aids of a source. */
const fillable: readonly AidField[] = [...chosenFields, "contact"];
/** Number of sources that the queue names. */
const maxSources = 5;
/** Number of aids from which it is worth filling a field for all. */
const minAids = 3;

/** Names the sources whose new aids lack the same fields: « 11 nouvelles aides de X n'ont ni étapes ni types ». */
export async function MissingFields({ visit }: { readonly visit: Visit }): Promise<Child> {
  if (!mayCurate(visit)) return null;
  const gaps = await visit.catalogue.reviewQueue.gaps(reviewFilterOf({ queue: "review", filter: {} }, visit.now), fillable, minAids);
  if (gaps.length === 0) return null;
  const names = connectorNames(await visit.console.jobs.connectors());
  return (
    <section class="fr-mb-3w">
      <h2 class="fr-h6 fr-mb-1w">À remplir pour toute une source</h2>
      <List
        items={gaps
          .slice(0, maxSources)
          .map((gap) => <a href={`/relecture/champs/${gap.connector}`}>{gapMessage(gap, names.get(gap.connector) ?? gap.connector)}</a>)}
      />
    </section>
  );
}

function gapMessage({ aids, fields }: SourceGap, name: string): string {
  const [first, ...others] = fields.map(({ field }) => fieldName(field));
  const lack = others.length === 0 ? french`n'ont pas ce champ : ${first}` : french`n'ont ni ${[first, ...others].join(", ni ")}`;
  return french`${counted(aids, "nouvelle aide", "nouvelles aides")} de ${name} ${lack}`;
}

/** The form that fills the missing fields of all new aids of a source, with what Moisson suggests ticked. */
export const missingFieldsPage = pageRoute(path, "bizdev", async (visit) => {
  const { id, name: publisher } = await connectorRowOf(visit);
  const gap = await gapOf(visit, id);
  const defaults = await readDefaults(visit, id);
  const title = french`Remplir les nouvelles aides de ${publisher}`;
  return {
    title,
    breadcrumb: [{ title: "Relecture", href: "/relecture" }],
    menuPath: "/relecture",
    content: (
      <>
        <h1>{title}</h1>
        {gap === null ? (
          <p>
            Aucun champ ne manque à plusieurs de ses nouvelles aides. <a href="/relecture">Revenir à la relecture</a>
          </p>
        ) : (
          <ActForm action={`/relecture/champs/${id}`} csrf={visit.csrf}>
            <p>
              {french`Une réponse vaut pour toutes ses nouvelles aides où le champ est vide, et s'annule d'un coup. Ce que le producteur dira ensuite remplacera votre réponse.`}
            </p>
            {gap.fields.map(({ field, count }) => (
              <FieldChoice field={field} count={count} of={gap.aids} proposed={defaults.find((one) => one.field === field)} />
            ))}
            <SubmitOrLeave label="Remplir ces champs" leaveLabel="Ne rien remplir" leaveHref="/relecture" />
          </ActForm>
        )}
      </>
    ),
  };
});

function FieldChoice(given: {
  readonly field: AidField;
  readonly count: number;
  readonly of: number;
  readonly proposed: ProposedDefault | undefined;
}): Child {
  const { field, count, of, proposed } = given;
  const value = proposed?.value.kind === "constant" ? proposed.value.value : undefined;
  const about = french`Vide sur ${count} de ses ${counted(of, "nouvelle aide", "nouvelles aides")}.`;
  const reason = proposed === undefined ? "" : french` Proposé : ${evidenceMessage(proposed.evidence)}.`;
  if (field === "contact") {
    if (value === undefined) return null;
    return (
      <div class="fr-mb-3w">
        <Checkbox id="valeur-contact" name="valeur-contact" value="1" checked>
          Contact
          <span class="fr-hint-text">{about + reason}</span>
        </Checkbox>
        <FieldValue field="contact" value={value} />
      </div>
    );
  }
  const terms = vocabularies[field as (typeof chosenFields)[number]];
  return (
    <Checkboxes
      name={`valeur-${field}`}
      label={capitalize(fieldName(field))}
      hint={about + reason}
      choices={terms.map(({ slug, label }) => ({ value: slug, label }))}
      values={(value ?? []) as readonly string[]}
      isInline
    />
  );
}

/** Fills the chosen fields of all new aids of a source, with one plan that is applied at once. */
export const fillMissingFields = actRoute(path, { who: "bizdev", act: "review.fill" }, async (visit, form) => {
  const { catalogue, now } = visit;
  const { id, name: publisher } = await connectorRowOf(visit);
  const values = await chosenValues(visit, id, form);
  const fields = Object.keys(values) as AidField[];
  if (fields.length === 0) throw new CannotDo("Cochez au moins une valeur.");
  const note = french`choisi pour toutes les nouvelles aides de ${publisher}`;
  const neighbours = await neighbourhood(catalogue, now);
  const aids = firstAids(catalogue.aids.curated({ connector: id, status: "reviewable" })).pages();
  const input = { connector: id, asked: { act: "suggest", connector: id, fields }, note };
  const { plan } = await actOnAids(visit, input, aids, (aid, curator) =>
    decideSharedValues(aid, values, suggestionsOf(aid, neighbours), curator),
  );
  if (plan === null) throw new CannotDo("Plus aucune nouvelle aide n’a ces champs vides.", 409);
  return {
    message: french`${capitalize(joinedWithAnd(fields.map(fieldName)))} : ${counted(plan.changes, "aide remplie", "aides remplies")}.`,
    to: `/relecture?${new URLSearchParams({ connecteur: id, fait: plan.planId })}`,
    subject: `connecteur ${id}`,
    details: { fields, plan: plan.planId, aids: plan.changes },
  };
});

async function chosenValues(visit: Visit, connector: string, form: Form): Promise<PerField<unknown>> {
  const values: Partial<Record<AidField, unknown>> = {};
  for (const field of chosenFields) {
    const terms = form.all(`valeur-${field}`).filter((term) => (slugsOf(field) as readonly string[]).includes(term));
    if (terms.length > 0) values[field] = canonicalValue(field, terms);
  }
  if (form.has("valeur-contact")) {
    const proposed = (await readDefaults(visit, connector)).find(({ field }) => field === "contact");
    if (proposed?.value.kind !== "constant") throw new CannotDo("Ces aides n’ont plus de contact commun : rechargez la page.", 409);
    values.contact = proposed.value.value;
  }
  return values;
}

async function gapOf({ catalogue, now }: Visit, connector: string): Promise<SourceGap | null> {
  const filter = reviewFilterOf({ queue: "review", filter: { connecteur: connector } }, now);
  const [gap] = await catalogue.reviewQueue.gaps(filter, fillable, 1);
  return gap ?? null;
}

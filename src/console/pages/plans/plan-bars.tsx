import type { Child } from "hono/jsx";
import type { FieldCount } from "../../../catalogue/plans/plan-page-repository.ts";
import type { KindCounts, PlanRecord } from "../../../catalogue/plans/plan-reader.ts";
import { fieldName } from "../../../french/fields.ts";
import { changedAidsMessage, changeKindName } from "../../../french/plans.ts";
import { capitalize, counted, french, sentence } from "../../../french/typography.ts";
import { changeKinds } from "../../../model/plan/plan.ts";
import { Bars } from "../../parts/bars.tsx";
import { type Chosen, queryOf } from "./change-filter.ts";
import { unchangedMessage } from "./plan-state.tsx";

const fieldsShown = 8;

/** The changes of a plan by kind, and its modifications by field, as bars that filter the changes below. `left`: changes that wait for a decision. */
export function PlanBars(given: {
  readonly plan: PlanRecord;
  readonly kinds: KindCounts;
  readonly left: KindCounts;
  readonly fields: readonly FieldCount[];
  readonly chosen: Chosen;
}): Child {
  const { plan, kinds, left, fields, chosen } = given;
  const shown = changeKinds.filter((kind) => (kinds[kind] ?? 0) > 0);
  const alone = unchangedMessage(plan.counts);
  const isPart = plan.state === "part-applied";
  const to = (query: Partial<Chosen>) => `/plans/${plan.planId}?${queryOf({ ...nothingChosen, ...query })}#changements`;
  return (
    <>
      <h2>{plan.state === "applied" ? "Ce que ce plan a fait" : "Ce que ferait ce plan"}</h2>
      {shown.length === 0 ? (
        <p>{plan.counts.missing > 0 ? "Il ne modifie, ne crée et ne retire aucune aide aujourd’hui." : "Il ne change aucune aide."}</p>
      ) : (
        <div class="moisson-halves">
          <Bars
            caption="Changements par genre"
            head={["Genre", "Aides"]}
            rows={shown.map((kind) => ({
              label: capitalize(changeKindName(kind)),
              count: kinds[kind] ?? 0,
              href: to({ kind }),
              linkLabel: `Voir ${changedAidsMessage(kind, kinds[kind] ?? 0)}`,
              isChosen: chosen.kind === kind,
              ...(isPart && { note: french`dont ${left[kind] ?? 0} à décider` }),
            }))}
          />
          {fields.length > 0 && <FieldBars fields={fields} chosen={chosen} to={to} />}
        </div>
      )}
      {alone !== "" && <p class="moisson-mention">{sentence(alone)}</p>}
    </>
  );
}

const nothingChosen: Chosen = { kind: null, field: null, words: "", isLeft: null, aids: [] };

function FieldBars(given: {
  readonly fields: readonly FieldCount[];
  readonly chosen: Chosen;
  readonly to: (query: Partial<Chosen>) => string;
}): Child {
  const { fields, chosen, to } = given;
  return (
    <div>
      <Bars
        caption="Modifications par champ"
        head={["Champ", "Aides"]}
        rows={fields.slice(0, fieldsShown).map(({ field, count }) => ({
          label: capitalize(fieldName(field)),
          count,
          href: to({ field }),
          linkLabel: french`Voir ${counted(count, "changement")} du champ « ${fieldName(field)} »`,
          isChosen: chosen.field === field,
        }))}
      />
      {fields.length > fieldsShown && (
        <p class="moisson-mention">{french`Et ${counted(fields.length - fieldsShown, "autre champ", "autres champs")} : voyez le filtre.`}</p>
      )}
    </div>
  );
}

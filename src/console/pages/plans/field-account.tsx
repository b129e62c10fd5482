import type { Child } from "hono/jsx";
import { imports } from "../../../curation/reverse-fields.ts";
import { shownAfter } from "../../../curation/shown-after.ts";
import { type ChangeStanding, fieldActionName } from "../../../french/changes.ts";
import { fieldName } from "../../../french/fields.ts";
import { capital, french } from "../../../french/typography.ts";
import type { AidField } from "../../../model/aid/aid.ts";
import { sameValue } from "../../../model/aid/same-value.ts";
import type { ChangeKind, Edit, FieldAction, FieldChange } from "../../../model/plan/plan.ts";
import { Badge, type Tone } from "../../parts/badge.tsx";
import { Difference } from "../../parts/diff.tsx";
import { FieldValue } from "../../parts/field-value.tsx";
import { formatDateTime } from "../../parts/time.ts";

const titles: Readonly<Record<ChangeStanding, [string, string]>> = {
  done: ["Affiché avant", "Affiché depuis"],
  "to-do": ["Affiché aujourd’hui", "Affiché après ce plan"],
  left: ["Affiché alors", "Ce que ce plan aurait affiché"],
};

const tones: Readonly<Record<FieldAction, Tone>> = { apply: "info", propose: "warning", keep: "neutral", fill: "success" };

/**
 * What a change does with a field: what is shown now and what will be, and where they are others, what its publisher said and says.
 */
export function FieldAccount(given: {
  readonly kind: ChangeKind;
  readonly field: AidField;
  readonly change: FieldChange;
  readonly standing: ChangeStanding;
}): Child {
  const { kind, field, change, standing } = given;
  return (
    <div class="fr-mb-2w">
      <h4 class="fr-text--md fr-mb-1v">
        {capital(fieldName(field))}{" "}
        <Badge tone={standing === "left" ? "neutral" : tones[change.action]} label={fieldActionName(change.action, standing)} />
      </h4>
      <Account {...given} />
      {whose(kind, change, standing).map((said) => (
        <p class="moisson-mention fr-mb-0">{said}</p>
      ))}
    </div>
  );
}

function Account({ kind, field, change, standing }: Parameters<typeof FieldAccount>[0]): Child {
  const { last, current, incoming } = change;
  const next = shownAfter(kind, change);
  const stays = sameValue(field, current, next);
  const isSimple = sameValue(field, last, current);
  const isPublishers = imports(kind);
  if (stays && isSimple && isPublishers) {
    const said = change.action === "propose" ? "Le producteur propose" : "Le producteur dit";
    return <Difference field={field} before={current} after={incoming} titles={["Affiché, sans changement", said]} />;
  }
  const isPublishersTold = isPublishers && (!isSimple || !sameValue(field, next, incoming)) && !sameValue(field, last, incoming);
  return (
    <>
      {stays ? (
        <Kept field={field} value={current} />
      ) : (
        <Difference field={field} before={current} after={next} titles={titles[standing]} />
      )}
      {isPublishersTold && (
        <Difference field={field} before={last} after={incoming} titles={["Le producteur disait", "Le producteur dit"]} />
      )}
      {!isPublishers && !isSimple && !sameValue(field, last, next) && <Publishers field={field} value={last} />}
    </>
  );
}

function Kept({ field, value }: { readonly field: AidField; readonly value: unknown }): Child {
  return (
    <div class="fr-mb-1w">
      <p class="moisson-mention fr-mb-1v">Affiché, sans changement</p>
      <FieldValue field={field} value={value} isShort />
    </div>
  );
}

function Publishers({ field, value }: { readonly field: AidField; readonly value: unknown }): Child {
  return (
    <div class="fr-mb-1w">
      <p class="moisson-mention fr-mb-1v">Le producteur dit</p>
      <FieldValue field={field} value={value} isShort />
    </div>
  );
}

/** Whose value is shown in place of the publisher's, and who changes it. */
function whose(kind: ChangeKind, { before, after, action }: FieldChange, standing: ChangeStanding): string[] {
  const said: string[] = [];
  if (after?.edit !== undefined && before?.edit?.at !== after.edit.at) said.push(madeBy("Correction", after.edit));
  else if (before?.edit !== undefined)
    said.push(madeBy(after?.edit === undefined ? "Correction retirée, faite" : "Correction", before.edit));
  if (before?.proposal !== undefined && !imports(kind)) said.push(`Proposé le ${formatDateTime(new Date(before.proposal.at))}.`);
  if (action === "propose" && standing !== "left") said.push("Un relecteur en décidera.");
  return said;
}

function madeBy(what: string, { by, at, note }: Edit): string {
  return french`${what} par ${by} le ${formatDateTime(new Date(at))}${note === null ? "" : french` : ${note}`}`;
}

import type { Child } from "hono/jsx";
import type { CuratedAid } from "../../../catalogue/aids/aid-repository.ts";
import { fieldName } from "../../../french/fields.ts";
import { capitalize, counted, french } from "../../../french/typography.ts";
import type { AidField } from "../../../model/aid/aid.ts";
import { shownValue } from "../../../model/aid/shown-value.ts";
import { Difference } from "../../parts/diff.tsx";
import { CsrfField } from "../../parts/form-controls.tsx";
import { formatDateTime } from "../../parts/time.ts";
import { mayCurate, type Visit } from "../../visit.ts";
import { queueQuery } from "./queue-address.ts";
import type { AidReview } from "./read-aid-review.ts";

/** Renders the publisher's waiting changes, each compared word by word with the shown value. */
export function ProposalAnswers({ review, visit }: { readonly review: AidReview; readonly visit: Visit }): Child {
  const { proposed } = review;
  return (
    <section class="fr-mb-4w">
      <h2 class="fr-sr-only">{counted(proposed.length, "proposition du producteur", "propositions du producteur")}</h2>
      {proposed.map((field) => (
        <Proposed review={review} field={field} visit={visit} />
      ))}
      <p class="moisson-mention">{french`Acceptée, la valeur du producteur est affichée. Refusée, ce qui est affiché reste, jusqu'à ce que le producteur change encore.`}</p>
    </section>
  );
}

function Proposed({ review, field, visit }: { readonly review: AidReview; readonly field: AidField; readonly visit: Visit }): Child {
  const { aid, proposed } = review;
  const proposal = aid.proposals[field];
  const edit = aid.edits[field];
  const name = fieldName(field);
  return (
    <article class="moisson-proposal">
      <h3 class="fr-h6 fr-mb-1v">{capitalize(name)}</h3>
      <ProposedDifference aid={aid} field={field} />
      <p class="moisson-mention">
        {proposal !== undefined && (
          <>
            {"Proposée par "}
            <a href={`/collectes/${proposal.runId}`}>{french`la collecte du ${formatDateTime(new Date(proposal.at))}`}</a>
            {edit === undefined ? "." : french`. Ce qui est affiché est une correction de ${edit.by}.`}
          </>
        )}
      </p>
      {proposed.length > 1 && mayCurate(visit) && (
        <AnswerForm review={review} csrf={visit.csrf} field={field} accept="Accepter" refuse="Refuser" about={name} />
      )}
    </article>
  );
}

/** The form that answers a proposal, or all of them (`field` null), which also has keys. */
export function AnswerForm(given: {
  readonly review: AidReview;
  readonly csrf: string;
  readonly field: AidField | null;
  readonly accept: string;
  readonly refuse: string;
  readonly about?: string;
}): Child {
  const { review, csrf, field, accept, refuse, about } = given;
  const path = `/relecture/${review.aid.aidId}`;
  const more = about === undefined ? null : <span class="fr-sr-only">{french` : ${about}`}</span>;
  const keyed = field === null;
  return (
    <form class="moisson-answer" method="post" action={`${path}/accepter`}>
      <CsrfField csrf={csrf} />
      <input type="hidden" name="file" value={queueQuery(review.requested)} />
      <input type="hidden" name="revision" value={String(review.aid.revision)} />
      {field !== null && <input type="hidden" name="champ" value={field} />}
      <button type="submit" class="fr-btn fr-btn--sm" data-key={keyed ? "a" : undefined} data-key-decides={keyed ? "" : undefined}>
        {accept}
        {more}
      </button>
      <button
        type="submit"
        class="fr-btn fr-btn--secondary fr-btn--sm"
        formaction={`${path}/refuser`}
        data-key={keyed ? "x" : undefined}
        data-key-decides={keyed ? "" : undefined}
      >
        {refuse}
        {more}
      </button>
    </form>
  );
}

/** The displayed value of a field and the proposed one. A key decides only once this has been visible. */
export function ProposedDifference({ aid, field }: { readonly aid: CuratedAid; readonly field: AidField }): Child {
  return (
    <div data-must-be-seen="">
      <Difference
        field={field}
        before={shownValue(aid, field)}
        after={aid.imported[field]}
        titles={["Affiché", "Proposé"]}
        language={aid.imported.language}
      />
    </div>
  );
}

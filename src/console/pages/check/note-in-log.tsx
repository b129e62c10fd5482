import type { Child } from "hono/jsx";
import type { Letter } from "../../../model/letter/letter.ts";
import { ActButton } from "../../parts/form-controls.tsx";
import { actRoute, NotFound } from "../../route.ts";
import { type Visit, visitorOf } from "../../visit.ts";
import type { Partner } from "./check-form.tsx";

/** Offers to add the check to the publisher's log, with number of records and score, but no content. */
export function NoteInLog(given: { readonly visit: Visit; readonly partner: Partner; readonly letter: Letter }): Child {
  const { visit, partner, letter } = given;
  const fields = {
    producteur: partner.publisherId,
    enregistrements: String(letter.counts.received),
    ...(letter.score !== null && { note: String(letter.score) }),
  };
  return (
    <aside class="fr-callout moisson-no-print" aria-label="Journal du producteur">
      <p class="fr-mb-2w">{`Vérification faite pour : ${partner.name}. Le journal ne garde que le nombre d’enregistrements et la note.`}</p>
      <ActButton action="/verifier/journal" csrf={visit.csrf} label="Noter dans le journal" fields={fields} />
    </aside>
  );
}

/** Adds a check to the publisher's log. */
export const noteAct = actRoute("/verifier/journal", { who: "bizdev", act: "check.note" }, async (visit, form) => {
  const { catalogue, now } = visit;
  const publisher = await catalogue.publishers.find(form.text("producteur"));
  if (publisher === null) throw new NotFound("Ce producteur n’existe pas, ou n’existe plus.");
  const details = { records: numberIn(form.text("enregistrements")), score: numberIn(form.text("note")) };
  await catalogue.exchanges.add(publisher.publisherId, { at: now, kind: "file-checked", by: visitorOf(visit).name, details });
  return {
    message: "La vérification est notée dans le journal.",
    to: `/producteurs/${publisher.publisherId}`,
    subject: `producteur ${publisher.name}`,
    details,
  };
});

function numberIn(text: string): number | null {
  return /^\d{1,9}$/.test(text) ? Number(text) : null;
}

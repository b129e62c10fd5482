import { isDay } from "../../../model/text/is-day.ts";
import { parisDay } from "../../../model/text/paris-day.ts";
import { actRoute, CannotDo, type Form, NotFound } from "../../route.ts";
import { param, visitorOf } from "../../visit.ts";
import { publisherAt, subjectOf } from "./publisher-at.ts";
import { isOwnEntry, writtenKinds } from "./publisher-log.tsx";
import { pageOf } from "./publisher-page.tsx";

const add = actRoute("/producteurs/:producteur/journal", { who: "bizdev", act: "publisher.note" }, async (visit, form) => {
  const publisher = await publisherAt(visit);
  const typed = readTyped(form);
  const today = parisDay(visit.now);
  const day = typed["echange-jour"];
  const kind = writtenKinds.find((known) => known === typed.echange);
  const problems: Record<string, string> = {
    ...(kind === undefined && { echange: "Choisissez la nature de l’échange." }),
    ...(!isDay(day) && { "echange-jour": "Cette date n’existe pas : écrivez-la comme 2026-12-31." }),
    ...(isDay(day) && day > today && { "echange-jour": "Ce jour n’est pas encore venu : notez-le comme prochaine action." }),
    ...(typed["echange-texte"] === "" && { "echange-texte": "Dites en un mot ce qui s’est dit." }),
  };
  if (Object.keys(problems).length > 0 || kind === undefined) return pageOf(visit, publisher, { typed, problems });
  // A past day has no time of day. 11:00 UTC is on the same day in Paris.
  const at = day === today ? visit.now : new Date(`${day}T11:00:00Z`);
  const { publisherId, name } = publisher;
  const entry = { at, kind, by: visitorOf(visit).name, text: typed["echange-texte"] };
  const to = `/producteurs/${publisherId}#journal`;
  if (!(await visit.catalogue.exchanges.addOnce(publisherId, entry))) return { to };
  return { message: "C’est noté au journal.", to, subject: subjectOf(publisher), details: { name, kind, day } };
});

function readTyped(form: Form) {
  return {
    echange: form.text("echange"),
    "echange-jour": form.text("echange-jour"),
    "echange-texte": form.text("echange-texte").slice(0, 4000),
  };
}

const remove = actRoute(
  "/producteurs/:producteur/journal/:entree/retirer",
  { who: "bizdev", act: "publisher.remove-note" },
  async (visit) => {
    const publisher = await publisherAt(visit);
    const { publisherId, name } = publisher;
    const entries = await visit.catalogue.exchanges.list(publisherId, 100_000);
    const entry = entries.find(({ seq }) => String(seq) === param(visit, "entree"));
    if (entry === undefined) throw new NotFound("Cette entrée n’existe pas, ou elle a été retirée.");
    if (!isOwnEntry(entry, visitorOf(visit).name)) throw new CannotDo("Seule la personne qui a écrit cette entrée peut la retirer.");
    await visit.catalogue.exchanges.remove(publisherId, entry.seq);
    return {
      message: "L’entrée est retirée.",
      to: `/producteurs/${publisherId}#journal`,
      subject: subjectOf(publisher),
      details: { name, kind: entry.kind },
    };
  },
);

export const exchangeActs = [add, remove] as const;

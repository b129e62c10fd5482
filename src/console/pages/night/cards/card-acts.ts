import { randomUUID } from "node:crypto";
import { everything } from "../../../../catalogue/runs/schedule-repository.ts";
import { longDay } from "../../../../french/moments.ts";
import { french } from "../../../../french/typography.ts";
import { isDay } from "../../../../model/text/is-day.ts";
import { parisDay } from "../../../../model/text/paris-day.ts";
import { backTo } from "../../../access/sign-in.ts";
import { actRoute, CannotDo, NotFound } from "../../../route.ts";
import { visitorOf } from "../../../visit.ts";

const maxLength = 300;

/** Postpones a card to a day, assigns it to a person, or both. This replaces an earlier postponement and assignment. */
const setAside = actRoute("/decisions/remettre", { who: "bizdev", act: "card.set-aside" }, async (visit, form) => {
  const { catalogue, now } = visit;
  const [key, who] = [form.text("carte").slice(0, maxLength), form.text("qui-est-ce").slice(0, maxLength)];
  const [until, person, reason] = [form.text("jusque"), form.text("personne"), form.text("raison").slice(0, maxLength)];
  const today = parisDay(now);
  const connector = form.text("connecteur") || everything;
  const isKnown = connector === everything || (await visit.console.jobs.connectors()).some(({ definition }) => definition.id === connector);
  if (key === "" || !isKnown) throw new CannotDo("Cette décision n’existe plus.");
  if (until === "" && person === "") throw new CannotDo("Donnez un jour où la rappeler, ou une personne à qui la confier.");
  if (until !== "" && (!isDay(until) || until <= today)) throw new CannotDo("Donnez un jour à venir : la décision revient ce jour-là.");
  if (until !== "" && reason === "") throw new CannotDo("Dites pourquoi rien n’est à faire d’ici là.");
  const found = person === "" ? null : await catalogue.people.find(person);
  if (person !== "" && (found === null || found.closedAt !== null || found.role === null))
    throw new CannotDo("Cette personne n’a plus de compte.");
  const id = randomUUID();
  const by = visitorOf(visit).name;
  await catalogue.setAsides.add({
    id,
    connector,
    what: "card",
    issueCode: null,
    field: key,
    upTo: null,
    until: until === "" ? today : until,
    reason,
    by,
    at: now.toISOString(),
    assignedTo: found?.name ?? null,
  });
  const parts = [
    ...(found === null ? [] : [`confiée à ${found.name}`]),
    ...(until === "" ? [] : [`rappelée le ${longDay(`${until}T12:00:00Z`)}`]),
  ];
  return {
    message: french`La décision « ${who} » est ${parts.join(" et ")}.`,
    to: backTo(form, "/"),
    subject: connector === everything ? null : `connecteur ${connector}`,
    details: {
      card: who,
      aside: id,
      ...(until !== "" && { until }),
      ...(found !== null && { person: found.name }),
      ...(reason !== "" && { reason }),
    },
  };
});

/** Shows a postponed card again, and forgets to whom it was assigned. */
const takeBack = actRoute("/decisions/reprendre", { who: "bizdev", act: "card.take-back" }, async (visit, form) => {
  const { setAsides } = visit.catalogue;
  const aside = (await setAsides.list()).find(({ id, what }) => what === "card" && id === form.text("id"));
  if (aside === undefined) throw new NotFound("Cette décision n’est pas, ou plus, remise à plus tard.");
  await setAsides.remove(aside.id);
  return {
    message: "La décision est de nouveau à prendre.",
    to: backTo(form, "/"),
    subject: aside.connector === everything ? null : `connecteur ${aside.connector}`,
    details: { until: aside.until },
  };
});

/** Routes that postpone and assign cards. */
export const cardActs = [setAside, takeBack] as const;

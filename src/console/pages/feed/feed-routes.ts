import { guardName } from "../../../french/guards.ts";
import { french } from "../../../french/typography.ts";
import { loosenable } from "../../../ingest/usual-form.ts";
import { holdingGuard } from "../../../model/plan/guard.ts";
import { actRoute, CannotDo, type Route } from "../../route.ts";
import { visitorOf } from "../../visit.ts";
import { loadedConnectorOf } from "../connectors/connector-rows.ts";
import { feedPage } from "./feed-page.tsx";

const loosen = actRoute("/connecteurs/:connecteur/flux/assouplir", { who: "ops", act: "feed.loosen" }, async (visit, form) => {
  const { definition } = await loadedConnectorOf(visit);
  const { id } = definition;
  const subject = loosenable(definition).find((one) => one === form.text("sujet"));
  if (subject === undefined) throw new CannotDo("Choisissez un champ du flux ou un garde-fou, puis recommencez.", 422);
  const note = form.text("note").slice(0, 500);
  if (note === "") throw new CannotDo("Dites pourquoi le flux peut s’en passer, puis recommencez.", 422);
  const by = visitorOf(visit).name;
  await visit.catalogue.feedDecisions.add({ connector: id, kind: "loosen", subject, paths: [], note, by, at: visit.now.toISOString() });
  const guard = holdingGuard(subject);
  return {
    message: french`${guard === undefined ? french`Le champ du flux « ${subject} »` : french`Le garde-fou « ${guardName(guard)} »`} ne retient plus les collectes : elles avertiront.`,
    to: `/connecteurs/${id}/flux`,
    subject: `connecteur ${id}`,
    details: { subject, note },
  };
});

const lift = actRoute("/connecteurs/:connecteur/flux/lever", { who: "ops", act: "feed.lift" }, async (visit, form) => {
  const { definition } = await loadedConnectorOf(visit);
  const { id } = definition;
  const kind = form.text("genre") === "hold" ? "hold" : "loosen";
  const subject = form.text("sujet");
  if (!(await visit.catalogue.feedDecisions.remove({ connector: id, kind, subject })))
    throw new CannotDo("Quelqu’un a déjà mis fin à cette décision.", 409);
  return {
    message:
      kind === "hold"
        ? "La prochaine collecte reprendra les valeurs du flux."
        : "Les prochaines collectes seront de nouveau retenues dans ce cas.",
    to: `/connecteurs/${id}/flux`,
    subject: `connecteur ${id}`,
    details: { kind, subject },
  };
});

/** Routes of the usual form of feeds. */
export const feedRoutes: readonly Route[] = [feedPage, loosen, lift];

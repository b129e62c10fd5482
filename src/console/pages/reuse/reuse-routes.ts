import { exclusionQuestionsInFrench } from "../../../french/reuse.ts";
import { counted, french } from "../../../french/typography.ts";
import { confirmationRefusal, confirmProposals, exclusionsOf } from "../../../partners/reuse-bases.ts";
import { connectorName } from "../../lists/connector-column.tsx";
import { actRoute, CannotDo, type Route } from "../../route.ts";
import { visitorOf } from "../../visit.ts";
import { reusePage, reusePath, statesOf } from "./reuse-page.tsx";

/** Confirms the proposed bases of the ticked connectors. Every question must be answered « non ». */
const confirmAct = actRoute(`${reusePath}/confirmer`, { who: "bizdev", act: "reuse.confirm" }, async (visit, form) => {
  const ids = new Set(form.all("connecteur"));
  if (ids.size === 0) throw new CannotDo("Aucun connecteur n’est coché. Revenez à la page, cochez-en, puis recommencez.");
  const states = (await statesOf(visit)).filter(({ connector }) => ids.has(connector));
  if (states.length < ids.size || states.some((state) => confirmationRefusal(state) !== null))
    throw new CannotDo(
      french`La proposition a changé, ou quelqu'un d'autre a confirmé entre-temps. Revenez à la page et recommencez.`,
      409,
    );
  for (const exclusion of exclusionsOf(states)) {
    const answer = form.text(exclusion);
    const question = exclusionQuestionsInFrench[exclusion];
    if (answer === "oui") throw new CannotDo(french`La base n'est pas confirmée, car cette exclusion s'applique : ${question}`);
    if (answer !== "non") throw new CannotDo(french`Répondez à chaque question. Il manque : ${question}`);
  }
  const { name } = visitorOf(visit);
  await confirmProposals(visit.catalogue, states, { by: name, now: visit.now, note: null });
  const opened = states.reduce((sum, { closed }) => sum + closed, 0);
  return {
    message: french`${counted(states.length, "base confirmée", "bases confirmées")} : ${counted(opened, "aide sort", "aides sortent")} maintenant dans l'API.`,
    to: reusePath,
    subject: states.map(({ connector }) => `connecteur ${connector}`).join(", "),
    details: {
      bases: Object.fromEntries(states.map(({ connector, proposal }) => [connector, proposal.basis])),
      answers: exclusionsOf(states),
    },
  };
});

/** Revokes the basis of a connector. */
const revokeAct = actRoute(`${reusePath}/retirer`, { who: "bizdev", act: "reuse.revoke" }, async (visit, form) => {
  const connector = form.text("connecteur");
  const isRevoked = await visit.catalogue.reuseBases.revoke(connector, null, visitorOf(visit).name, visit.now);
  if (!isRevoked) throw new CannotDo("Ce connecteur n’a pas de base confirmée.", 409);
  return {
    message: french`La base de ${await connectorName(visit, connector)} est retirée : ses aides sans licence ouverte ne sortent plus dans l'API.`,
    to: reusePath,
    subject: `connecteur ${connector}`,
  };
});

/** Routes of the legal bases. */
export const reuseRoutes: readonly Route[] = [reusePage, confirmAct, revokeAct];

import { actRefusalMessage } from "../../../french/act-refusals.ts";
import { french } from "../../../french/typography.ts";
import { changeAddress, type LetterMaker, makeCourtesy, makeLetter, revokeAddress } from "../../../partners/correspondence/make-letter.ts";
import { messageCookie } from "../../access/cookies.ts";
import { tokenHash } from "../../access/tokens.ts";
import { senderOf } from "../../mail-sender.ts";
import { type ActRoute, type Answer, actRoute, CannotDo, type DoneWithPage, type Form } from "../../route.ts";
import { type Visit, visitorOf } from "../../visit.ts";
import { loadedConnectorOf } from "../connectors/connector-rows.ts";
import { letterFromPath, letterPath } from "./find-letter.tsx";
import { newAddressPage } from "./new-address-page.tsx";
import { isToken, makeAnywayField, nothingChangedPage, tokenField } from "./same-letter.tsx";

/** Returns the visitor as the maker of a letter. A form sent twice has the same token. */
function makerOf(visit: Visit, form: Form): LetterMaker {
  const sent = form.text(tokenField);
  return { by: visitorOf(visit).name, now: visit.now, token: isToken(sent) ? sent : null };
}

const makeErrorLetter = actRoute("/connecteurs/:connecteur/courriers", { who: "bizdev", act: "letter.make" }, async (visit, form) => {
  const connector = await loadedConnectorOf(visit);
  const services = { catalogue: visit.catalogue, readAnomalies: visit.console.samples.anomalies };
  const maker = makerOf(visit, form);
  const found = await makeLetter(services, connector, maker, { isAnyway: form.has(makeAnywayField) });
  if ("refused" in found) throw new CannotDo(actRefusalMessage(found.refused), 409);
  if ("unchanged" in found) return nothingChangedPage(visit, found.unchanged, form.text(tokenField));
  const { made, token, details } = found;
  if (token !== null) return withAddress(visit, made, token, ready, details);
  // The address of a letter that exists is shown again only to the form that made it.
  const { letters } = visit.catalogue;
  const ofToken = maker.token === null ? null : await letters.findByToken(tokenHash(maker.token));
  if (maker.token !== null && ofToken?.letterId === made.letterId) return newAddressPage(visit, made, maker.token, ready);
  const notice = french`Vous venez de faire cette lettre, de la même collecte : la voici. Rien d'autre n'a été fait.`;
  return { to: letterPath(made), cookies: [messageCookie(visit.console, notice)] };
});

const ready = "La lettre est prête";

/** Makes the courtesy letter of a connector that reads a site. A form sent twice makes one letter. */
const makeCourtesyLetter = actRoute(
  "/connecteurs/:connecteur/courriers/courtoisie",
  { who: "bizdev", act: "letter.make-courtesy" },
  async (visit, form) => {
    const { environment } = visit.console.jobs.services;
    const found = await makeCourtesy(visit.catalogue, await loadedConnectorOf(visit), environment, makerOf(visit, form));
    if ("refused" in found) throw new CannotDo(actRefusalMessage(found.refused), 409);
    const { made, token, details } = found;
    if (token === null) return { to: letterPath(made) };
    return withAddress(visit, made, token, "La lettre de courtoisie est prête", details);
  },
);

const newAddress = actRoute(
  "/connecteurs/:connecteur/courriers/:lettre/adresse",
  { who: "bizdev", act: "letter.readdress" },
  async (visit) => {
    const made = await letterFromPath(visit);
    return withAddress(visit, made, await changeAddress(visit.catalogue, made.letterId), "Une nouvelle adresse", { letter: made.letterId });
  },
);

/** Shows the new address of a letter once. */
function withAddress(
  visit: Visit,
  made: Parameters<typeof newAddressPage>[1],
  token: string,
  title: string,
  details: Readonly<Record<string, unknown>>,
): Answer | DoneWithPage {
  return { page: newAddressPage(visit, made, token, title), subject: `connecteur ${made.connector}`, details };
}

const revoke = actRoute("/connecteurs/:connecteur/courriers/:lettre/revoquer", { who: "bizdev", act: "letter.revoke" }, async (visit) => {
  const made = await letterFromPath(visit);
  const refusal = await revokeAddress(visit.catalogue, made.letterId, senderOf(visit));
  if (refusal !== null) throw new CannotDo(actRefusalMessage(refusal.refused), 409);
  return {
    message: "L’adresse est révoquée : elle ne mène plus à la lettre.",
    to: letterPath(made),
    subject: `connecteur ${made.connector}`,
    details: { letter: made.letterId },
  };
});

export const letterActs: readonly ActRoute[] = [makeErrorLetter, newAddress, revoke, makeCourtesyLetter];

import { french } from "../../../french/typography.ts";
import { messageCookie } from "../../access/cookies.ts";
import { newToken, tokenHash } from "../../access/tokens.ts";
import { type ActRoute, type Answer, actRoute, CannotDo, NotFound } from "../../route.ts";
import { type Visit, visitorOf } from "../../visit.ts";
import { loadedConnectorOf } from "../connectors/connector-rows.ts";
import { aboutErrors, anyLetter, letterFromPath, type MadeLetter } from "./find-letter.tsx";
import { newAddressPage } from "./new-address-page.tsx";
import { prepareLetter, runOfLetter } from "./prepare-letter.ts";
import {
  isFreeToken,
  isToken,
  makeAnywayField,
  nothingChangedPage,
  sameLetter,
  sameSentBefore,
  sameSince,
  tokenField,
} from "./same-letter.tsx";

const makeLetter = actRoute("/connecteurs/:connecteur/courriers", { who: "bizdev", act: "letter.make" }, async (visit, form) => {
  const connector = await loadedConnectorOf(visit);
  const { id } = connector.definition;
  const { name: by } = visitorOf(visit);
  const sent = form.text(tokenField);
  const run = await runOfLetter(visit, connector);
  const same = await sameLetter(visit, { connector: id, runId: run.runId, by });
  if (same !== null) return existingLetter(visit, same, sent);
  const { runId, letter, annex } = await prepareLetter(visit, connector, run);
  const sentBefore = form.has(makeAnywayField) ? null : await sameSentBefore(visit, { connector: id, letter });
  if (sentBefore !== null) return nothingChangedPage(visit, sentBefore, sent);
  const token = (await isFreeToken(visit, sent)) ? sent : newToken();
  const kept = { connector: id, runId, letter, annex, by, at: visit.now, tokenHash: tokenHash(token) };
  // If the form is sent twice, both requests can reach this line; only one adds a letter.
  const { letterId, isNew } = await visit.catalogue.letters.addUnlessSame(kept, sameSince(visit));
  const found = await visit.catalogue.letters.find(letterId);
  if (found === null) throw new NotFound("Cette lettre n’existe plus.");
  const made = aboutErrors(anyLetter(found));
  if (!isNew) return existingLetter(visit, made, sent);
  await visit.catalogue.exchanges.addOfConnector(id, { at: visit.now, kind: "letter-made", by, details: { letter: letterId } });
  return { page: newAddressPage(visit, made, token, ready), subject: `connecteur ${id}`, details: { letter: letterId, run: runId } };
});

const ready = "La lettre est prête";

/** Answers with a letter that exists already. Shows its address again only to the form that created it; otherwise redirects to the letter. */
async function existingLetter(visit: Visit, made: MadeLetter, sent: string): Promise<Answer> {
  const ofToken = isToken(sent) ? await visit.catalogue.letters.findByToken(tokenHash(sent)) : null;
  if (ofToken?.letterId === made.letterId) return newAddressPage(visit, made, sent, ready);
  const notice = french`Vous venez de faire cette lettre, de la même collecte : la voici. Rien d'autre n'a été fait.`;
  return { to: `/connecteurs/${made.connector}/courriers/${made.letterId}`, cookies: [messageCookie(visit.console, notice)] };
}

const changeAddress = actRoute(
  "/connecteurs/:connecteur/courriers/:lettre/adresse",
  { who: "bizdev", act: "letter.readdress" },
  async (visit) => {
    const made = await letterFromPath(visit);
    const token = newToken();
    await visit.catalogue.letters.changeAddress(made.letterId, tokenHash(token));
    return {
      page: newAddressPage(visit, made, token, "Une nouvelle adresse"),
      subject: `connecteur ${made.connector}`,
      details: { letter: made.letterId },
    };
  },
);

const revoke = actRoute("/connecteurs/:connecteur/courriers/:lettre/revoquer", { who: "bizdev", act: "letter.revoke" }, async (visit) => {
  const { letterId, connector } = await letterFromPath(visit);
  if (!(await visit.catalogue.letters.revoke(letterId, visitorOf(visit).name, visit.now)))
    throw new CannotDo("L’adresse de cette lettre est déjà révoquée.", 409);
  return {
    message: "L’adresse est révoquée : elle ne mène plus à la lettre.",
    to: `/connecteurs/${connector}/courriers/${letterId}`,
    subject: `connecteur ${connector}`,
    details: { letter: letterId },
  };
});

export const letterActs: readonly ActRoute[] = [makeLetter, changeAddress, revoke];

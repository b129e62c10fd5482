import { newToken, tokenHash } from "../../access/tokens.ts";
import { type ActRoute, CannotDo } from "../../route.ts";
import { visitorOf } from "../../visit.ts";
import { loadedConnectorOf } from "../connectors/connector-of.ts";
import { letterOfAddress } from "./letter-at.ts";
import { newAddressPage } from "./new-address-page.tsx";
import { prepareLetter } from "./prepare-letter.ts";

const makeLetter: ActRoute = {
  method: "post",
  path: "/connecteurs/:connecteur/courriers",
  who: "bizdev",
  act: "letter.make",
  async perform(visit) {
    const connector = await loadedConnectorOf(visit);
    const { id } = connector.definition;
    const { runId, letter, annex } = await prepareLetter(visit, connector);
    const token = newToken();
    const { name: by } = visitorOf(visit);
    const kept = { connector: id, runId, letter, annex, by, at: visit.now };
    const letterId = await visit.catalogue.letters.add({ ...kept, tokenHash: tokenHash(token) });
    return {
      page: newAddressPage(visit, { ...kept, letterId, revokedBy: null, revokedAt: null }, token, "La lettre est prête"),
      subject: `connecteur ${id}`,
      details: { letter: letterId, run: runId },
    };
  },
};

const readdress: ActRoute = {
  method: "post",
  path: "/connecteurs/:connecteur/courriers/:lettre/adresse",
  who: "bizdev",
  act: "letter.readdress",
  async perform(visit) {
    const made = await letterOfAddress(visit);
    const token = newToken();
    await visit.catalogue.letters.readdress(made.letterId, tokenHash(token));
    return {
      page: newAddressPage(visit, made, token, "Une nouvelle adresse"),
      subject: `connecteur ${made.connector}`,
      details: { letter: made.letterId },
    };
  },
};

const revoke: ActRoute = {
  method: "post",
  path: "/connecteurs/:connecteur/courriers/:lettre/revoquer",
  who: "bizdev",
  act: "letter.revoke",
  async perform(visit) {
    const { letterId, connector } = await letterOfAddress(visit);
    if (!(await visit.catalogue.letters.revoke(letterId, visitorOf(visit).name, visit.now)))
      throw new CannotDo("L’adresse de cette lettre est déjà révoquée.", 409);
    return {
      said: "L’adresse est révoquée : elle ne mène plus à la lettre.",
      to: `/connecteurs/${connector}/courriers/${letterId}`,
      subject: `connecteur ${connector}`,
      details: { letter: letterId },
    };
  },
};

/** What is done with letters. */
export const letterActs: readonly ActRoute[] = [makeLetter, readdress, revoke];

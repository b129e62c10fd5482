import type { StoredLetter } from "../../catalogue/letters/letter-repository.ts";
import type { Catalogue } from "../../catalogue/open-catalogue.ts";
import type { LoadedConnector } from "../../kit/loaded-connector.ts";
import { foldTerm } from "../../kit/values/text/fold-term.ts";
import { type AnyLetter, anyLetter } from "../../partners/correspondence/stored-letter.ts";
import type { CommandContext } from "../context.ts";
import { NotDone, WrongUse } from "../exit.ts";

/** At least four characters of an id. */
const idStart = /^[0-9a-f]{4,8}(-[0-9a-f-]*)?$/;

/** Returns the letter with this id or prefix. Throws `NotDone` if none or several match. */
export async function letterNamed(catalogue: Catalogue, asked: string): Promise<StoredLetter> {
  const ids = (await catalogue.letterAnswers.overview()).map(({ letterId }) => letterId).filter((id) => id.startsWith(asked));
  const found = ids[0] === undefined ? null : await catalogue.letters.find(ids[0]);
  if (found === null) throw new NotDone(`unknown letter ${asked}; \`moisson letter list\` lists them`);
  if (ids.length > 1) throw new NotDone(`several letters begin with ${asked}; give more characters of the id`);
  return found;
}

/**
 * Returns the connector, the only connector of the publisher, or the letter of this name. Throws `WrongUse` for an unknown name and for a
 * publisher with several connectors.
 */
export async function connectorOrLetter(
  context: CommandContext,
  catalogue: Catalogue,
  asked: string,
): Promise<LoadedConnector | AnyLetter> {
  const { connectors } = await context.connectors();
  const found = connectors.find(({ definition }) => definition.id === asked);
  if (found !== undefined) return found;
  const publishers = (await catalogue.publishers.list()).filter(({ name }) => foldTerm(name) === foldTerm(asked));
  if (publishers.length === 0) {
    if (idStart.test(asked)) return anyLetter(await letterNamed(catalogue, asked));
    throw new WrongUse(`no publisher, connector or letter is named "${asked}"; \`moisson connectors\` lists the connectors`);
  }
  const owners = await catalogue.publishers.connectorOwners();
  const own = connectors.filter(({ definition: { id } }) => publishers.some(({ publisherId }) => owners.get(id) === publisherId));
  const [only] = own;
  if (only !== undefined && own.length === 1) return only;
  const ids = own.map(({ definition }) => definition.id).join(", ");
  throw new WrongUse(`${asked} has ${own.length === 0 ? "no connector" : `several connectors; name one of ${ids}`}`);
}

import type { Catalogue } from "../../catalogue/open-catalogue.ts";
import type { CommandContext } from "../context.ts";
import { NotDone, WrongUse } from "../exit.ts";
import { curatorOf } from "../options.ts";

/** Options of `moisson api token`. */
export interface TokenFlags {
  scope: string;
  perMinute: number;
  revoke?: true;
  by?: string;
}

const maxNameLength = 200;

/** Creates or revokes an API key. */
export async function setToken(context: CommandContext, wanted: string, flags: TokenFlags): Promise<void> {
  const name = wanted.trim();
  if (name === "" || name.length > maxNameLength) throw new WrongUse(`the name of a key has 1 to ${maxNameLength} characters`);
  await context.withCatalogue(async (catalogue, { clock }) => {
    const now = clock.now();
    const { by } = curatorOf(flags, context.environment, now);
    if (flags.revoke === true) return revoke(context, catalogue, { name, by, now });
    return make(context, catalogue, { ...flags, name, by, now });
  });
}

interface TokenRequest {
  readonly name: string;
  readonly by: string;
  readonly now: Date;
}

async function make(
  { terminal }: CommandContext,
  catalogue: Catalogue,
  request: TokenRequest & Pick<TokenFlags, "scope" | "perMinute">,
): Promise<void> {
  const { name, scope, perMinute, by, now } = request;
  if (scope !== "reuse" && scope !== "site") throw new WrongUse("--scope takes one of reuse, site");
  const made = await catalogue.apiTokens.create({ name, scope, perMinute, by }, now);
  if (made === null) throw new NotDone(`"${name}" already has a key; revoke it with --revoke, or choose another name`);
  await catalogue.audit.add({ act: "api-key.make", by, person: null, subject: `clé ${name}`, details: { scope, perMinute }, at: now });
  terminal.err(`made: key of "${name}", scope ${scope}, ${perMinute} requests a minute; it is shown only once:`);
  terminal.out(made.key);
}

async function revoke({ terminal }: CommandContext, catalogue: Catalogue, { name, by, now }: TokenRequest): Promise<void> {
  const token = await catalogue.apiTokens.findByName(name);
  if (token === null || !(await catalogue.apiTokens.revoke(token.tokenId, by, now))) throw new NotDone(`"${name}" has no valid key`);
  await catalogue.audit.add({ act: "api-key.revoke", by, person: null, subject: `clé ${name}`, details: {}, at: now });
  terminal.out(`revoked: key of "${name}"`);
}

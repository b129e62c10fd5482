import { type Command, InvalidArgumentError } from "commander";
import type { Catalogue } from "../../catalogue/open-catalogue.ts";
import type { CommandContext } from "../context.ts";
import { curatorOf } from "../curator-options.ts";
import { NotDone, WrongUse } from "../exit.ts";

interface TokenFlags {
  scope: string;
  perMinute: number;
  revoke?: true;
  by?: string;
}

const mostPerMinute = 60_000;
const longestName = 200;

/** `moisson api token`: makes a key of the API, or ends one. */
export function addApiTokenCommand(api: Command, open: () => CommandContext): void {
  api
    .command("token")
    .description("make a key of the API, which is printed once; or end one, and with it all that was signed for it")
    .argument("<name>", "whose key it is")
    .option("--scope <scope>", "reuse: open data, as anybody; site: also aids without an open licence, for our own site", "reuse")
    .option("--per-minute <count>", `requests a minute, ${mostPerMinute} at most`, perMinute, 600)
    .option("--revoke", "end the key of this name")
    .option("--by <name>", "who does it (default: MOISSON_USER, else the name you are logged in under)")
    .addHelpText(
      "after",
      `
Its owner exchanges it for a token that is good for a day: POST /api/connexion/ with the header X-AUTH-TOKEN.

Examples:
  moisson api token "Ville de Nantes"
  moisson api token aides-territoires --scope site --per-minute 6000
  moisson api token "Ville de Nantes" --revoke`,
    )
    .action(async (name: string, flags: TokenFlags) => {
      const asked = name.trim();
      if (asked === "" || asked.length > longestName) throw new WrongUse(`a key has a name of at most ${longestName} characters`);
      const context = open();
      await context.withCatalogue(async (catalogue, { clock }) => {
        const now = clock.now();
        const { by } = curatorOf(flags, context.environment, now);
        if (flags.revoke === true) return revoke(context, catalogue, { name: asked, by, now });
        return make(context, catalogue, { ...flags, name: asked, by, now });
      });
    });
}

interface Asked {
  readonly name: string;
  readonly by: string;
  readonly now: Date;
}

async function make(
  { terminal }: CommandContext,
  catalogue: Catalogue,
  asked: Asked & Pick<TokenFlags, "scope" | "perMinute">,
): Promise<void> {
  const { name, scope, perMinute, by, now } = asked;
  if (scope !== "reuse" && scope !== "site") throw new WrongUse("--scope takes one of reuse, site");
  const made = await catalogue.apiTokens.make({ name, scope, perMinute, by }, now);
  if (made === null) throw new NotDone(`"${name}" has a key already: --revoke ends it, or give this one another name`);
  await catalogue.audit.add({ act: "api-key.make", by, person: null, subject: `clé ${name}`, details: { scope, perMinute }, at: now });
  terminal.err(`made: key of "${name}", scope ${scope}, ${perMinute} requests a minute; it is not shown again:`);
  terminal.out(made.key);
}

async function revoke({ terminal }: CommandContext, catalogue: Catalogue, { name, by, now }: Asked): Promise<void> {
  const token = await catalogue.apiTokens.named(name);
  if (token === null || !(await catalogue.apiTokens.revoke(token.tokenId, by, now))) throw new NotDone(`"${name}" has no key that is good`);
  await catalogue.audit.add({ act: "api-key.revoke", by, person: null, subject: `clé ${name}`, details: {}, at: now });
  terminal.out(`revoked: key of "${name}"`);
}

function perMinute(text: string): number {
  const count = /^\d{1,6}$/.test(text) ? Number(text) : 0;
  if (count >= 1 && count <= mostPerMinute) return count;
  throw new InvalidArgumentError(`a number, 1 to ${mostPerMinute}`);
}
